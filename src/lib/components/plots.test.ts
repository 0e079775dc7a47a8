import { expect, test } from 'vitest';
import { barChart } from '#lib/components/bar-chart.ts';
import { columnChart } from '#lib/components/column-chart.ts';
import { type PlotSeries } from '#lib/components/plot-series.ts';
import { levelChart } from '#lib/components/level-chart.ts';

const series: PlotSeries[] = [
	{ name: 'on time', tone: 'done' },
	{ name: 'late', tone: 'soon' },
];
const rows = [
	{ label: 'Sep', values: [6, 2] },
	{ label: 'Oct', values: [4, 0] },
	{ label: 'Nov', values: [0, 0] },
];

test('stacked columns stand on one another, as high as their numbers, and nought is not drawn', () => {
	const { bars, sums, plot, ticks } = columnChart(rows, series);
	expect(bars.map(({ tone, value }) => [tone, value])).toEqual([
		['done', 6],
		['soon', 2],
		['done', 4],
	]);
	const [low, high] = bars;
	expect(low && low.y + low.height).toBeCloseTo(plot.bottom, 0);
	expect(high && high.y + high.height).toBeCloseTo(low?.y ?? 0, 0);
	expect((low?.height ?? 0) / (high?.height ?? 1)).toBeCloseTo(3, 1);
	expect(sums.map(({ value }) => value)).toEqual([8, 4]);
	expect(ticks.every(({ value }) => Number.isInteger(value))).toBe(true);
});

test('columns side by side do not overlap, and all stand on the ground', () => {
	const { bars, plot } = columnChart(rows, series, { sideBySide: true });
	for (const bar of bars) expect(bar.y + bar.height).toBeCloseTo(plot.bottom, 0);
	expect(bars[0] && bars[0].x + bars[0].width).toBeLessThanOrEqual((bars[1]?.x ?? 0) + 0.2);
});

test('the mark stands between two columns', () => {
	const { bars, markX } = columnChart(rows, series, { markAfter: 0 });
	expect(markX).toBeGreaterThan((bars[0]?.x ?? 0) + (bars[0]?.width ?? 0));
	expect(markX).toBeLessThan(bars[2]?.x ?? 0);
});

test('labels that would run into each other are thinned out', () => {
	const many = Array.from({ length: 40 }, (_, n) => ({ label: `2026-${String(n)}`, values: [n, 0] }));
	const { labels } = columnChart(many, series);
	expect(labels.length).toBeLessThan(14);
	expect(labels[0]?.text).toBe('2026-0');
});

test('bars lie behind one another and within the box, whatever their label and number', () => {
	const wide = { label: '家庭变故或者其他说不清楚的原因与情形', values: [123_456, 1] };
	const { bars, rows: placed, width, left } = barChart([...rows, wide], series);
	expect(bars.every(({ x, width: long }) => x >= left && x + long <= width)).toBe(true);
	expect(placed.at(-1)).toMatchObject({ sum: 123_457 });
	expect(bars[1]?.x).toBeCloseTo((bars[0]?.x ?? 0) + (bars[0]?.width ?? 0), 0);
	expect(placed[2]).toMatchObject({ sum: 0, sumX: left + 6 });
});

test('a level stands at its own day, and the line goes through every one of them', () => {
	const drawn = levelChart([
		{ on: '2026-11-01', value: 2 },
		{ on: '2026-11-02', value: 8 },
		{ on: '2026-11-05', value: 4 },
	]);
	const points = [...drawn.line.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x]) => Number(x));
	const [from, to] = [drawn.plot.left, drawn.plot.right];
	expect(points).toEqual([from, from + (to - from) / 4, to]);
	expect([drawn.peak.value, drawn.end.value]).toEqual([8, 4]);
	expect(new Set(drawn.dayTicks.map(({ on }) => on)).size).toBe(drawn.dayTicks.length);
});

test('an empty queue of one day is a level line', () => {
	const drawn = levelChart([{ on: '2026-11-28', value: 0 }]);
	expect(drawn.line).toBe(
		`M${String(drawn.plot.left)},${String(drawn.plot.bottom)}L${String(drawn.plot.right)},${String(drawn.plot.bottom)}`,
	);
	expect(drawn.area).not.toContain('NaN');
});
