/** How a series is drawn: by its colour and, apart from that, by its pattern; `main` and `done` are solid and never stand side by side. */
export const TONES = ['main', 'second', 'done', 'soon', 'overdue', 'quiet'] as const;
export type Tone = (typeof TONES)[number];

/** One of the things that a plot tells apart. */
export interface PlotSeries {
	readonly name: string;
	readonly tone: Tone;
}

/** Something that is counted, with a number for each series in their order. */
export interface PlotRow {
	readonly label: string;
	readonly values: readonly number[];
}

/** A part of a plot that stands for one number. */
export interface PlotBar {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly tone: Tone;
	readonly value: number;
}

/** Whether there is anything to draw. */
export function hasValues(rows: readonly PlotRow[]): boolean {
	return rows.some(({ values }) => values.some((value) => value > 0));
}

/** A tenth of a unit is as fine as a screen shows. */
export function rounded(length: number): number {
	return Math.round(length * 10) / 10;
}

/** About how wide a text is in a plot's letters; a little more than it turns out to be. */
export function plotTextWidth(text: string): number {
	let width = 0;
	for (const letter of text) width += letter > '\u2e7f' ? 12.5 : /[A-Z]/.test(letter) ? 9 : 6.6;
	return width;
}
