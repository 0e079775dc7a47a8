import { expect, test } from 'vitest';
import { barChart } from '#lib/components/bar-chart.ts';
import { columnChart } from '#lib/components/column-chart.ts';
import { type PlotSeries } from '#lib/components/plot-series.ts';
import { stepChart } from '#lib/components/step-chart.ts';

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

test('a line in steps holds each value until the next, from nought up', () => {
	const day = (from: string, value: number) => ({ from, to: from, value });
	const drawn = stepChart([day('2026-11-01', 2), day('2026-11-02', 8), day('2026-11-03', 4)]);
	expect(drawn.peak.value).toBe(8);
	expect(drawn.end).toMatchObject({ value: 4, x: drawn.plot.right });
	const corners = [...drawn.line.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => ({ x, y }));
	const slanted = corners.slice(1).filter(({ x, y }, n) => x !== corners[n]?.x && y !== corners[n]?.y);
	expect([corners.length > 5, slanted]).toEqual([true, []]);
	expect(new Set(drawn.dayTicks.map(({ on }) => on)).size).toBe(drawn.dayTicks.length);
});

test('an empty queue of one day can be drawn', () => {
	const drawn = stepChart([{ from: '2026-11-28', to: '2026-11-28', value: 0 }]);
	expect(drawn.line).not.toContain('NaN');
	expect(drawn.area).not.toContain('NaN');
});
