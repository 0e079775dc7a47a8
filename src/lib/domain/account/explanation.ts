import { dayChanges } from '#lib/domain/account/explanation-day.ts';
import { monthsOf, movementsOf } from '#lib/domain/account/explanation-month.ts';
import type { ExplainedMonth, Movements } from '#lib/domain/account/explanation-month.ts';
import type { DayChange } from '#lib/domain/account/explanation-step.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import { owed } from '#lib/domain/account/owed.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { addDays, addMonths } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/**
 * "Why this amount": `opening.total` and the months' changes sum to `total`, the total outstanding of the day; so do
 * the opening and the movements. A month's steps sum to its change.
 */
export interface Explanation {
	readonly asOf: Day;
	readonly total: Minor;
	/** What was owed before the first day told; nought where the story begins with the account's first posting. */
	readonly opening: { readonly before: Day; readonly total: Minor };
	readonly movements: Movements;
	/** The newest first. */
	readonly months: readonly ExplainedMonth[];
	/** The day itself, with what moved the total since yesterday. */
	readonly today: DayChange;
	/** Every day told, the oldest first. */
	readonly days: readonly DayChange[];
}

/** How many calendar months are told one by one unless more are asked for; what was before them is one sum. */
export const MONTHS_TOLD = 12;

/** The way to the total outstanding of a day, day by day and month by month. */
export function explanation(
	history: AccountHistory,
	timeline: PolicyTimeline,
	asOf: Day,
	monthsTold = MONTHS_TOLD,
): Explanation {
	const from = firstDayTold(history, asOf, monthsTold);
	const opening = owed(history, timeline, addDays(from, -1)).totalOutstanding;
	const days = dayChanges(history, timeline, from, asOf);
	const today = days.at(-1) ?? { on: asOf, steps: [], change: 0, total: opening };
	return {
		asOf,
		total: today.total,
		opening: { before: from, total: opening },
		movements: movementsOf(days),
		months: monthsOf(days).reverse(),
		today,
		days,
	};
}

/** The account's first record, but no earlier than the first of the month with which the telling begins. */
function firstDayTold({ postings, statements }: AccountHistory, asOf: Day, monthsTold: number): Day {
	const earliest = addMonths(`${asOf.slice(0, 7)}-01`, 1 - monthsTold);
	const records = [
		...postings.map(({ postedOn }) => postedOn),
		...statements.map(({ statementDate }) => statementDate),
	];
	const first = records.reduce((least, day) => (day < least ? day : least), asOf);
	return first < earliest ? earliest : first;
}
