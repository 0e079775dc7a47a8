import { type DayRange, readRange } from '#lib/domain/overview/day-range.ts';
import type { Day } from '#lib/domain/day.ts';
import type { FigureName } from '#lib/domain/overview/figure.ts';

/** The range that an address asks for. */
export function rangeOf(url: URL, today: Day) {
	const typed = { from: url.searchParams.get('from') ?? '', to: url.searchParams.get('to') ?? '' };
	return { typed, read: readRange(typed, today) };
}

/** The address of a range on the overview, or of a figure's file. */
export function rangeAddress({ from, to }: DayRange, figure?: FigureName): string {
	return `/overview${figure === undefined ? '' : `/${figure}.csv`}?from=${from}&to=${to}`;
}
