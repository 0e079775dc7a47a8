import { addDays, addMonths } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';

/** Between a quote and its first due date lie review, signing and a pay day; less than this would be no help. */
export const LEAST_DAYS_TO_FIRST_DUE = 14;

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
