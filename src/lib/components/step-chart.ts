import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { wholeTicks } from '#lib/components/column-chart.ts';
import { rounded } from '#lib/components/plot-series.ts';
import { addDays, type Day, dayNumber, dayOf } from '#lib/domain/day.ts';

/** How much there was from a day on, until the next of them. */
export interface StepPoint {
	readonly from: Day;
	readonly to: Day;
	readonly value: number;
}

/** A line in steps over an area, in units of its own view box. */
export interface StepGeometry {
	readonly width: number;
	readonly height: number;
	readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
	readonly line: string;
	readonly area: string;
	readonly ticks: readonly { readonly y: number; readonly value: number }[];
	readonly dayTicks: readonly { readonly x: number; readonly on: Day }[];
	/** The highest point, and the last. */
	readonly peak: { readonly x: number; readonly y: number; readonly value: number };
	readonly end: { readonly x: number; readonly y: number; readonly value: number };
}

const WIDTH = 560;
const HEIGHT = 250;
const PLOT = { left: 40, right: WIDTH - 40, top: 24, bottom: HEIGHT - 28 };

/** Where everything stands; the points follow one another without a gap, and there is at least one. */
export function stepChart(points: readonly StepPoint[]): StepGeometry {
	const last = points.at(-1) ?? { from: dayOf(0), to: dayOf(0), value: 0 };
	const first = points[0] ?? last;
	const x = scaleUtc()
		.domain([instantOf(first.from), instantOf(addDays(last.to, 1))])
		.range([PLOT.left, PLOT.right]);
	const y = scaleLinear()
		.domain([0, Math.max(1, ...points.map(({ value }) => value))])
		.nice(4)
		.range([PLOT.bottom, PLOT.top]);
	const place = (day: Day, value: number) => ({ x: rounded(x(instantOf(day))), y: rounded(y(value)), value });
	const at = [...points.map(({ from, value }) => place(from, value)), place(addDays(last.to, 1), last.value)];
	const peak = at.reduce((best, point) => (point.value > best.value ? point : best), at[0] ?? place(last.from, 0));
	const [goX, goY] = [(point: (typeof at)[number]) => point.x, (point: (typeof at)[number]) => point.y];
	return {
		width: WIDTH,
		height: HEIGHT,
		plot: PLOT,
		line: line(goX, goY).curve(curveStepAfter)(at) ?? '',
		area: area(goX, PLOT.bottom, goY).curve(curveStepAfter)(at) ?? '',
		ticks: wholeTicks(y.ticks(4)).map((value) => ({ y: rounded(y(value)), value })),
		dayTicks: dayTicks(x.ticks(6)).map((on) => ({ x: rounded(x(instantOf(on))), on })),
		peak,
		end: at.at(-1) ?? peak,
	};
}

/** Each day once: over a few days the scale would also tick at hours. */
function dayTicks(ticks: readonly Date[]): Day[] {
	return [...new Set(ticks.map((tick) => dayOf(Math.floor(tick.getTime() / DAY_MS))))];
}

const DAY_MS = 86_400_000;

function instantOf(day: Day): number {
	return dayNumber(day) * DAY_MS;
}
