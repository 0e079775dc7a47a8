import { expect, it } from 'vitest';
import { axisRoom, lineChart, ticksApart } from '#lib/components/line-chart.ts';
import type { ChartSeries } from '#lib/components/line-chart.ts';
import { addDays } from '#lib/domain/day.ts';

const today = '2026-11-20';
const frame = { today, currency: 'CNY', left: 60 };
const series = (kind: ChartSeries['kind'], ...totals: number[]): ChartSeries => ({
	kind,
	label: kind === 'past' ? undefined : kind,
	points: totals.map((total, index) => ({
		on: addDays(today, (kind === 'past' ? index - totals.length + 1 : index) * 30),
		total,
	})),
});
const courses = [
	series('past', 1_000_000, 1_020_000, 1_060_000),
	series('nothing', 1_060_000, 1_075_000, 1_095_000, 1_120_000),
	series('minimum', 700_000, 690_000, 640_000, 600_000),
	{ ...series('plan', 1_030_000, 950_000, 860_000, 780_000), stepped: true },
];

it('goes to the right with the days and up with the amounts', () => {
	const { lines, todayX, plot } = lineChart(courses, frame);
	const [past, nothing, minimum] = lines;
	expect(past?.end.x).toBe(todayX);
	expect(nothing?.end.x).toBe(plot.right);
	expect(nothing?.end.y).toBeLessThan(minimum?.end.y ?? 0);
});

/** Three lines that end in nearly one point, the highest of the picture or the lowest. */
const close = (last: number) =>
	(['nothing', 'minimum', 'plan'] as const).map((kind, index) => series(kind, 1_000_000, last + index));

it('keeps every line and every label within its plot', () => {
	for (const all of [courses, close(1_499_990), close(900_000)]) {
		const { lines, plot } = lineChart(all, frame);
		for (const { path, label } of lines) {
			const numbers = [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
			expect(numbers.every(([x, y]) => x >= plot.left && x <= plot.right && y >= plot.top && y <= plot.bottom)).toBe(
				true,
			);
			if (label) expect(label.y >= plot.top - 4 && label.y < plot.bottom).toBe(true);
		}
	}
});

it('never writes two labels over each other, however close their lines end', () => {
	for (const all of [courses, close(1_499_990), close(900_000)]) {
		const baselines = lineChart(all, frame)
			.lines.flatMap(({ label }) => (label ? [label.y] : []))
			.sort((a, b) => a - b);
		expect(baselines).toHaveLength(3);
		for (const [index, y] of baselines.entries()) {
			if (index > 0) expect(y - (baselines[index - 1] ?? 0)).toBeGreaterThanOrEqual(14.9);
		}
	}
});

it('begins at nought where the amounts come near it, and says so where it does not', () => {
	const high = lineChart([series('nothing', 1_000_000, 1_050_000)], frame);
	expect(high.startsAtZero).toBe(false);
	expect(high.amountTicks[0]?.amount).toBeGreaterThan(5_000);
	expect(lineChart([series('nothing', 1_000_000, 100_000)], frame).startsAtZero).toBe(true);
});

it.each([
	['CNY', 1_000_000, 10_000],
	['JPY', 10_000, 10_000],
	['KWD', 10_000_000, 10_000],
])('draws %s by the units of its currency, not by its minor units', (currency, total, units) => {
	const { amountTicks } = lineChart([series('nothing', total, Math.round(total * 1.1))], { ...frame, currency });
	expect(amountTicks[0]?.amount).toBe(units);
});

it('draws a line though every amount is the same, nought too', () => {
	for (const total of [0, 5, -300]) {
		const { lines, amountTicks } = lineChart([series('nothing', total, total)], frame);
		expect(lines[0]?.path).not.toContain('NaN');
		expect(amountTicks.length).toBeGreaterThan(1);
	}
});

it('holds a total until the next point where it is stepped', () => {
	const points = [0, 30].map((days, index) => ({ on: addDays(today, days), total: 1_000 - index * 500 }));
	const [stepped, straight] = [true, false].map(
		(is) =>
			lineChart([{ kind: 'plan', label: 'plan', points, stepped: is }], frame).lines[0]?.path.match(/[ML,]/g)?.length,
	);
	expect(stepped).toBeGreaterThan(straight ?? 0);
});

it('makes room for the longest amount of the axis', () => {
	expect(axisRoom(['KWD 1,234.500'])).toBeGreaterThan(axisRoom(['¥12,000']));
	expect(axisRoom(['KWD 500'])).toBeGreaterThan(axisRoom(['1234 50']));
});

it('leaves days of the axis out, evenly, where their texts would run into each other', () => {
	const ticks = [60, 100, 140, 180, 220].map((x, index) => ({ x, on: addDays(today, index) }));
	const kept = (text: string) => ticksApart(ticks, (days) => days.map(() => text), 300).map(({ x }) => x);
	expect(kept('4月')).toEqual([60, 100, 140, 180, 220]);
	expect(kept('2027年1月')).toEqual([60, 140, 220]);
	expect(ticksApart([], () => [], 300)).toEqual([]);
});

it('writes the years anew for the ticks that are kept', () => {
	const ticks = [60, 100, 140].map((x, index) => ({ x, on: addDays(today, index) }));
	const asked: number[] = [];
	ticksApart(
		ticks,
		(days) => {
			asked.push(days.length);
			return days.map(() => 'January 2027');
		},
		300,
	);
	expect(asked).toEqual([3, 2, 1]);
});

it('leans the last text inwards at the right edge, and counts that too', () => {
	const ticks = [250, 295].map((x, index) => ({ x, on: addDays(today, index) }));
	const anchors = (text: string) => ticksApart(ticks, (days) => days.map(() => text), 300).map(({ anchor }) => anchor);
	expect(anchors('Feb')).toEqual(['middle', 'end']);
	expect(anchors('30 Nov')).toEqual(['middle']);
});
