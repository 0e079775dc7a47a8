import type { AccountHistory } from '#lib/domain/account/history.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { withPayment } from '#lib/domain/account/payoff.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import type { Course } from '#lib/domain/account/projection.ts';
import { minimumDueOn, withStatement } from '#lib/domain/account/projection.ts';
import { nextCycle } from '#lib/domain/account/statement-cycle.ts';
import { addDays } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** A day of a course: what is owed at its end, and what was paid from today up to it. */
export interface CoursePoint {
	readonly on: Day;
	readonly total: Minor;
	readonly paid: Minor;
}

/**
 * The same way ahead as `project`, seen on a few days only: it stops where a statement is billed, a minimum falls due, or
 * one of the days wanted comes, and no day between. Five years take a tenth of the time. The days wanted are in order, from
 * today on; the answer holds a point for each.
 */
export function projectOn(
	history: AccountHistory,
	timeline: PolicyTimeline,
	today: Day,
	course: Course,
	wanted: readonly Day[],
): CoursePoint[] {
	let ahead: AccountHistory = {
		currency: history.currency,
		statements: history.statements.filter(({ statementDate }) => statementDate <= today),
		postings: history.postings.filter(({ postedOn }) => postedOn <= today),
	};
	const points: CoursePoint[] = [];
	const last = wanted.at(-1) ?? today;
	let paid = 0;
	for (let on = today; on <= last; on = nextStop(ahead, on, wanted)) {
		const due = course === 'minimum' ? minimumDueOn(ahead, timeline, on) : 0;
		paid += due;
		ahead = withPayment(ahead, on, due);
		const cycle = nextCycle(ahead.statements, addDays(on, -1));
		const billed = cycle?.statementDate === on ? withStatement(ahead, timeline, cycle) : ahead;
		// As in `project`: today's figures are the core's own.
		const shown = on === today ? ahead : billed;
		if (wanted.includes(on)) points.push({ on, total: owed(shown, timeline, on).totalOutstanding, paid });
		ahead = billed;
	}
	return points;
}

/** The next day on which something happens or is asked for; past the last day wanted where there is none. */
function nextStop({ statements }: AccountHistory, after: Day, wanted: readonly Day[]): Day {
	const days = [
		nextCycle(statements, after)?.statementDate,
		...statements.map(({ dueDate }) => dueDate),
		...wanted,
	].filter((day): day is Day => day !== undefined && day > after);
	return days.reduce((first, day) => (day < first ? day : first), '9999-12-31');
}
