import { addDays, addMonths, isDay } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';

/** Between a quote and its first due date lie review, signing and a pay day; less than this would be no help. */
export const LEAST_DAYS_TO_FIRST_DUE = 14;

/** How far off an ordinary first due date may lie: later would be a deferral that no product offers. */
export const FIRST_DUE_WITHIN_MONTHS = 2;

/**
 * The ordinary first due date of a plan, before any deferral: the account's own due day of the month (that of its latest
 * statement), the first one at least two weeks off; without a statement the same day a month later.
 */
export function ordinaryFirstDueDate(asOf: Day, latestDueDate: Day | undefined): Day {
	if (latestDueDate === undefined) return addMonths(asOf, 1);
	const earliest = addDays(asOf, LEAST_DAYS_TO_FIRST_DUE);
	const months = monthNumber(earliest) - monthNumber(latestDueDate);
	const inThatMonth = addMonths(latestDueDate, months);
	return inThatMonth >= earliest ? inThatMonth : addMonths(latestDueDate, months + 1);
}

function monthNumber(day: Day): number {
	return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}

/** The days from which a cardholder can choose the first due date, both included. */
export interface FirstDueWindow {
	readonly earliest: Day;
	readonly latest: Day;
}

export function firstDueWindow(asOf: Day): FirstDueWindow {
	return { earliest: addDays(asOf, LEAST_DAYS_TO_FIRST_DUE), latest: addMonths(asOf, FIRST_DUE_WITHIN_MONTHS) };
}

/** Why a day cannot be the first due date. */
export type FirstDueRefusal =
	'not_a_day' | 'first_due_date_past' | 'first_due_date_too_soon' | 'first_due_date_too_late';

/** Reads a first due date as it was typed or sent. */
export function readFirstDueDate(
	text: string,
	asOf: Day,
): { readonly ok: true; readonly day: Day } | { readonly ok: false; readonly refusal: FirstDueRefusal } {
	const day = text.normalize('NFKC').trim();
	const { earliest, latest } = firstDueWindow(asOf);
	if (!isDay(day)) return { ok: false, refusal: 'not_a_day' };
	if (day <= asOf) return { ok: false, refusal: 'first_due_date_past' };
	if (day < earliest) return { ok: false, refusal: 'first_due_date_too_soon' };
	if (day > latest) return { ok: false, refusal: 'first_due_date_too_late' };
	return { ok: true, day };
}
