import type { AccountHistory } from '#lib/domain/account/history.ts';
import { owed } from '#lib/domain/account/owed.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { project } from '#lib/domain/account/projection.ts';
import type { Course } from '#lib/domain/account/projection.ts';
import { addDays, addMonths, daysBetween } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** The total outstanding at the end of a day. */
export interface TotalOn {
	readonly on: Day;
	readonly total: Minor;
}

/** A course ahead: what is paid on it, what it costs, and every day's total from today to the horizon. */
export interface CourseAhead {
	readonly days: readonly TotalOn[];
	readonly paid: Minor;
	/** The interest and fees of the way: the last total and all that was paid, less today's total. */
	readonly cost: Minor;
	readonly payments: readonly { readonly on: Day; readonly amount: Minor }[];
}

/** The way that the total took until today, and where it goes. */
export interface Outlook {
	readonly today: Day;
	/** From the first missed due date, or where nothing is past due a month back, to today; both included. */
	readonly past: readonly TotalOn[];
	readonly nothing: CourseAhead;
	readonly minimum: CourseAhead;
}

/** A picture shows so many days of the past at most: a debt of many years is told from here on. */
const MOST_DAYS_BACK = 730;

/** What was owed since the first missed due date, and what two courses come to within the horizon of looking ahead. */
export function outlook(history: AccountHistory, timeline: PolicyTimeline, today: Day): Outlook {
	const { daysPastDue } = owed(history, timeline, today);
	const since = daysPastDue > 0 ? addDays(today, -Math.min(daysPastDue, MOST_DAYS_BACK)) : addMonths(today, -1);
	const past = Array.from({ length: daysBetween(since, today) + 1 }, (_, index): TotalOn => {
		const on = addDays(since, index);
		return { on, total: owed(history, timeline, on).totalOutstanding };
	});
	const ahead = (course: Course) => courseAhead(history, timeline, today, course);
	return { today, past, nothing: ahead('nothing'), minimum: ahead('minimum') };
}

function courseAhead(history: AccountHistory, timeline: PolicyTimeline, today: Day, course: Course): CourseAhead {
	const projected = project(history, timeline, today, course).days;
	const days = projected.map(({ on, owed: then }): TotalOn => ({ on, total: then.totalOutstanding }));
	const payments = projected.filter(({ paid }) => paid > 0).map(({ on, paid }) => ({ on, amount: paid }));
	const paid = payments.reduce((sum, { amount }) => sum + amount, 0);
	// Today's figure already contains what the course pays today.
	const paidToday = projected[0]?.paid ?? 0;
	const before = (days[0]?.total ?? 0) + paidToday;
	return { days, paid, payments, cost: (days.at(-1)?.total ?? 0) + paid - before };
}
