import { scaleLinear, scaleUtc } from 'd3-scale';
import { curveLinear, curveStepAfter, line } from 'd3-shape';
import { dayOf } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import { currencyOf } from '#lib/domain/money.ts';
import type { Minor } from '#lib/domain/money.ts';

/** One line of a chart; `kind` says how it is drawn. Points are in the order of their days. */
export interface ChartSeries {
	readonly kind: 'past' | 'nothing' | 'minimum' | 'plan';
	/** What stands at its end; a line without it is told by its place. */
	readonly label: string | undefined;
	readonly points: readonly { readonly on: Day; readonly total: Minor }[];
	/** Whether a total holds until the next point, instead of moving towards it. */
	readonly stepped?: boolean;
}

/** A chart as it is drawn, in units of its own view box. */
export interface ChartGeometry {
	readonly width: number;
	readonly height: number;
	readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
	readonly lines: readonly {
		readonly kind: ChartSeries['kind'];
		readonly path: string;
		readonly end: Point;
		readonly label: (Point & { readonly text: string }) | undefined;
	}[];
	readonly dayTicks: readonly { readonly x: number; readonly on: Day }[];
	/** `amount` in units of the currency, for the axis alone. */
	readonly amountTicks: readonly { readonly y: number; readonly amount: number }[];
	/** Where today stands. */
	readonly todayX: number;
	readonly startsAtZero: boolean;
}

export interface Point {
	readonly x: number;
	readonly y: number;
}

/** The view box: as wide as a small phone's column, so that a letter in it is as large as one beside it. */
const WIDTH = 340;
const HEIGHT = 270;
const PLOT = { top: 26, right: WIDTH - 8, bottom: HEIGHT - 26 };
const LABEL_HEIGHT = 15;
/** Below this share of the highest amount the scale goes on down to nought. */
const NEAR_ZERO = 0.45;

/** Where everything stands. `left` is the room that the axis' amounts take. There must be a point. */
export function lineChart(
	series: readonly ChartSeries[],
	{ today, currency, left }: { today: Day; currency: string; left: number },
): ChartGeometry {
	const plot = { ...PLOT, left };
	const all = series.flatMap(({ points }) => points);
	const days = all.map(({ on }) => instantOf(on));
	const x = scaleUtc()
		.domain([Math.min(...days), Math.max(...days)])
		.range([plot.left, plot.right]);
	// Floats are good enough for a picture; no figure is read off it.
	const scale = 10 ** currencyOf(currency).digits;
	const amounts = all.map(({ total }) => total / scale);
	const [lowest, highest] = [Math.min(...amounts), Math.max(...amounts)];
	const from = lowest < highest * NEAR_ZERO ? Math.min(0, lowest) : lowest;
	const y = scaleLinear()
		.domain(from === highest ? [Math.min(0, from), Math.max(highest, 1 / scale)] : [from, highest])
		.nice(5)
		.range([plot.bottom, plot.top]);
	const placed = series.map(({ kind, label, points, stepped }) => {
		const at = points.map(({ on, total }): Point => ({ x: round(x(instantOf(on))), y: round(y(total / scale)) }));
		const path = line<Point>(
			(point) => point.x,
			(point) => point.y,
		).curve(stepped ? curveStepAfter : curveLinear)(at);
		const end = at.at(-1) ?? { x: plot.right, y: plot.bottom };
		return { kind, text: label, path: path ?? '', end, rises: end.y <= (at[0]?.y ?? end.y) };
	});
	const labels = apart(
		placed.filter(({ text }) => text !== undefined),
		plot,
	);
	return {
		width: WIDTH,
		height: HEIGHT,
		plot,
		lines: placed.map((one) => {
			const { kind, path, end, text } = one;
			const labelY = labels.get(one);
			const label = text === undefined || labelY === undefined ? undefined : { text, x: plot.right, y: labelY };
			return { kind, path, end, label };
		}),
		dayTicks: x.ticks(4).map((tick) => ({ x: round(x(tick)), on: dayOf(Math.round(tick.getTime() / 86_400_000)) })),
		amountTicks: y.ticks(5).map((amount) => ({ y: round(y(amount)), amount })),
		todayX: round(x(instantOf(today))),
		startsAtZero: (y.domain()[0] ?? 0) <= 0,
	};
}

/** The room that the axis' amounts take to its left. */
export function axisRoom(texts: readonly string[]): number {
	return Math.ceil(Math.max(...texts.map(textWidth))) + 10;
}

/** A tick with what is written under it; near the right edge a text leans inwards. */
export interface WrittenTick {
	readonly x: number;
	readonly on: Day;
	readonly text: string;
	readonly anchor: 'middle' | 'end';
}

/** Every tick of an axis, or every second, third … one, so that no text runs into the next. */
export function ticksApart(
	ticks: readonly { readonly x: number; readonly on: Day }[],
	written: (days: readonly Day[]) => readonly string[],
	right: number,
): WrittenTick[] {
	for (let stride = 1; ; stride++) {
		const kept = ticks.filter((_tick, index) => index % stride === 0);
		const texts = written(kept.map(({ on }) => on));
		let free = -Infinity;
		let areApart = true;
		const told = kept.map(({ x, on }, index): WrittenTick => {
			const text = texts[index] ?? '';
			const width = textWidth(text);
			const anchor = x + width / 2 > right ? 'end' : 'middle';
			const from = anchor === 'end' ? x - width : x - width / 2;
			areApart &&= from >= free;
			free = from + width + 5;
			return { x, on, text, anchor };
		});
		if (areApart) return told;
	}
}

/** About how wide a text is in the chart's letters; a little more than it turns out to be. */
function textWidth(text: string): number {
	let width = 0;
	for (const letter of text) width += letter > '\u2e7f' ? 12 : /[A-Z]/.test(letter) ? 9.5 : 6.8;
	return width;
}

interface Ending {
	readonly end: Point;
	readonly rises: boolean;
}

/** Baselines of the labels: above a line that rises to its end, below one that falls, and never over each other. */
function apart<One extends Ending>(endings: readonly One[], plot: { top: number; bottom: number }): Map<One, number> {
	const wanted = endings.map((ending) => ({ ending, y: ending.end.y + (ending.rises ? -7 : 16) }));
	wanted.sort((a, b) => a.y - b.y);
	const most = plot.bottom - 4;
	for (const [index, label] of wanted.entries()) {
		const above = wanted[index - 1];
		label.y = Math.max(label.y, plot.top - 4, above ? above.y + LABEL_HEIGHT : -Infinity);
	}
	for (let index = wanted.length - 1; index >= 0; index--) {
		const label = wanted[index];
		const below = wanted[index + 1];
		if (label) label.y = Math.min(label.y, below ? below.y - LABEL_HEIGHT : most);
	}
	return new Map(wanted.map(({ ending, y }) => [ending, round(y)]));
}

function instantOf(day: Day): number {
	return Date.parse(`${day}T00:00:00Z`);
}

function round(length: number): number {
	return Math.round(length * 10) / 10;
}
