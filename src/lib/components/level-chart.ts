import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';
import { wholeTicks } from '#lib/components/column-chart.ts';
import { rounded } from '#lib/components/plot-series.ts';
import { addDays, type Day, dayNumber, dayOf } from '#lib/domain/day.ts';

/** How much there was at the end of a day. */
export interface LevelPoint {
	readonly on: Day;
	readonly value: number;
}

/** A line over an area, in units of its own view box. */
export interface LevelGeometry {
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

/** Where everything stands; the points are in the order of their days. One alone is a level line. */
export function levelChart(points: readonly LevelPoint[]): LevelGeometry {
	const last = points.at(-1) ?? { on: dayOf(0), value: 0 };
	const first = points.length > 1 && points[0] ? points[0] : { ...last, on: addDays(last.on, -1) };
	const x = scaleUtc()
		.domain([instantOf(first.on), instantOf(last.on)])
		.range([PLOT.left, PLOT.right]);
	const y = scaleLinear()
		.domain([0, Math.max(1, ...points.map(({ value }) => value))])
		.nice(4)
		.range([PLOT.bottom, PLOT.top]);
	const at = [first, ...points.slice(points.length > 1 ? 1 : 0)].map(({ on, value }) => ({
		x: rounded(x(instantOf(on))),
		y: rounded(y(value)),
		value,
	}));
	const end = at.at(-1) ?? { x: PLOT.right, y: PLOT.bottom, value: 0 };
	const peak = at.reduce((best, point) => (point.value > best.value ? point : best), end);
	const [goX, goY] = [(point: typeof end) => point.x, (point: typeof end) => point.y];
	return {
		width: WIDTH,
		height: HEIGHT,
		plot: PLOT,
		line: line(goX, goY)(at) ?? '',
		area: area(goX, PLOT.bottom, goY)(at) ?? '',
		ticks: wholeTicks(y.ticks(4)).map((value) => ({ y: rounded(y(value)), value })),
		dayTicks: dayTicks(x.ticks(6)).map((on) => ({ x: rounded(x(instantOf(on))), on })),
		peak,
		end,
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
