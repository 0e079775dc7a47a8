import { scaleBand, scaleLinear } from 'd3-scale';
import { type PlotBar, type PlotRow, type PlotSeries, plotTextWidth, rounded } from '#lib/components/plot-series.ts';

/** A chart of lying bars, in units of its own view box. */
export interface BarGeometry {
	readonly width: number;
	readonly height: number;
	readonly left: number;
	readonly bars: readonly PlotBar[];
	readonly rows: readonly {
		readonly y: number;
		readonly label: string;
		readonly sum: number;
		/** Where the sum begins, behind the bar's end. */
		readonly sumX: number;
	}[];
}

const WIDTH = 560;
const ROW = 34;
const MOST_LABEL = 230;

/** Where everything stands: one bar a row, its series one behind the other, the row's sum at its end. */
export function barChart(rows: readonly PlotRow[], series: readonly PlotSeries[]): BarGeometry {
	const height = rows.length * ROW;
	const sums = rows.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
	const left = Math.min(MOST_LABEL, Math.ceil(Math.max(0, ...rows.map(({ label }) => plotTextWidth(label)))) + 12);
	const room = Math.max(...sums.map((sum) => plotTextWidth(String(sum)))) + 12;
	const x = scaleLinear()
		.domain([0, Math.max(1, ...sums)])
		.range([left, WIDTH - room]);
	const y = scaleBand<number>()
		.domain(rows.map((_, index) => index))
		.range([0, height])
		.padding(0.32);
	const bars = rows.flatMap(({ values }, index) => {
		let before = 0;
		return values.flatMap((value, at): PlotBar[] => {
			const from = before;
			before += value;
			const tone = series[at]?.tone;
			if (value === 0 || tone === undefined) return [];
			const [start, stop] = [x(from), x(from + value)];
			const place = { x: rounded(start), width: rounded(stop - start) };
			return [{ ...place, y: rounded(y(index) ?? 0), height: rounded(y.bandwidth()), tone, value }];
		});
	});
	return {
		width: WIDTH,
		height,
		left,
		bars,
		rows: rows.map(({ label }, index) => {
			const sum = sums[index] ?? 0;
			return { label, sum, y: rounded((y(index) ?? 0) + y.bandwidth() / 2), sumX: rounded(x(sum) + 6) };
		}),
	};
}
