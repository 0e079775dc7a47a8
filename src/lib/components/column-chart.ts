import { scaleBand, scaleLinear } from 'd3-scale';
import { type PlotBar, type PlotRow, type PlotSeries, plotTextWidth, rounded } from '#lib/components/plot-series.ts';

/** A chart of upright columns, in units of its own view box. */
export interface ColumnGeometry {
	readonly width: number;
	readonly height: number;
	readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
	readonly bars: readonly PlotBar[];
	/** What stands over each column: its sum, where there is room. */
	readonly sums: readonly { readonly x: number; readonly y: number; readonly value: number }[];
	/** What stands under each column, or under every second, third … one. */
	readonly labels: readonly { readonly x: number; readonly text: string }[];
	readonly ticks: readonly { readonly y: number; readonly value: number }[];
	/** Where a line stands between two columns. */
	readonly markX: number | undefined;
}

/** Few columns do not become walls. */
const WIDEST_STEP = 90;
const WIDTH = 560;
const HEIGHT = 250;
const PLOT = { left: 40, right: WIDTH - 8, top: 34, bottom: HEIGHT - 28 };

/**
 * Where everything stands. Series stand on one another, or (`sideBySide`) next to each other; `markAfter` is the index of the
 * column behind which a line is drawn.
 */
export function columnChart(
	rows: readonly PlotRow[],
	series: readonly PlotSeries[],
	{ sideBySide = false, markAfter }: { sideBySide?: boolean; markAfter?: number | undefined } = {},
): ColumnGeometry {
	const indexes = rows.map((_, index) => index);
	const right = Math.min(PLOT.right, PLOT.left + rows.length * WIDEST_STEP);
	const x = scaleBand<number>().domain(indexes).range([PLOT.left, right]).paddingInner(0.24).paddingOuter(0.12);
	const highest = Math.max(1, ...rows.map(({ values }) => (sideBySide ? Math.max(...values) : sumOf(values))));
	const y = scaleLinear().domain([0, highest]).nice(4).range([PLOT.bottom, PLOT.top]);
	const parts = sideBySide ? series.length : 1;
	const width = x.bandwidth() / parts;
	const bars = rows.flatMap(({ values }, index) => {
		let under = 0;
		return values.flatMap((value, at): PlotBar[] => {
			const from = sideBySide ? 0 : under;
			under += value;
			const tone = series[at]?.tone;
			if (value === 0 || tone === undefined) return [];
			const [top, bottom] = [y(from + value), y(from)];
			const left = (x(index) ?? 0) + (sideBySide ? at * width : 0);
			return [{ ...box(left, top, width, bottom - top), tone, value }];
		});
	});
	const middle = (index: number) => rounded((x(index) ?? 0) + x.bandwidth() / 2);
	const sums = sideBySide
		? []
		: rows.flatMap(({ values }, index) => {
				const value = sumOf(values);
				const fits = plotTextWidth(String(value)) <= x.step();
				return value > 0 && fits ? [{ x: middle(index), y: rounded(y(value) - 5), value }] : [];
			});
	const stride = strideOf(rows, x.step());
	const mark = markAfter === undefined ? undefined : x(markAfter);
	return {
		width: WIDTH,
		height: HEIGHT,
		plot: PLOT,
		bars,
		sums,
		labels: rows.flatMap(({ label }, index) => (index % stride === 0 ? [{ x: middle(index), text: label }] : [])),
		ticks: wholeTicks(y.ticks(4)).map((value) => ({ y: rounded(y(value)), value })),
		markX: mark === undefined ? undefined : rounded(mark + x.bandwidth() + (x.step() - x.bandwidth()) / 2),
	};
}

/** Ticks of what is counted in whole. */
export function wholeTicks(ticks: readonly number[]): number[] {
	return ticks.filter((tick) => Number.isInteger(tick));
}

function box(x: number, y: number, width: number, height: number) {
	return { x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height) };
}

function sumOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0);
}

function strideOf(rows: readonly PlotRow[], step: number): number {
	const widest = Math.max(0, ...rows.map(({ label }) => plotTextWidth(label))) + 6;
	return Math.max(1, Math.ceil(widest / step));
}
