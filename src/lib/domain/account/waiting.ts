import { dayChanges } from '#lib/domain/account/explanation-day.ts';
import type { InterestFreePeriodLostStep, LatePaymentFeeStep } from '#lib/domain/account/explanation-step.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import type { Owed } from '#lib/domain/account/owed.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { HORIZON_DAYS, project } from '#lib/domain/account/projection.ts';
import { addDays, dayNumber, daysBetween, isDay } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** What waiting until a day adds where nothing is paid and nothing bought: added = interest + fees. */
export interface Waiting {
	readonly until: Day;
	readonly days: number;
	readonly added: Minor;
	readonly interest: Minor;
	/** Late payment fees. */
	readonly fees: Minor;
	/** The total outstanding on that day. */
	readonly total: Minor;
	/** What happens on the way beside the daily interest, the earliest first. */
	readonly events: readonly (InterestFreePeriodLostStep | LatePaymentFeeStep)[];
}

/** What waiting from a day until a later one comes to. */
export function waiting(history: AccountHistory, timeline: PolicyTimeline, today: Day, until: Day): Waiting {
	const projection = project(history, timeline, today, 'nothing', until);
	const [now, then] = [projection.days[0]?.owed, projection.days.at(-1)?.owed];
	if (!now || !then) throw new RangeError('the day to wait until is before today');
	const known = history.postings.filter(({ postedOn }) => postedOn <= today).length;
	const billed = (wanted: 'interest' | 'late_fee') =>
		projection.history.postings
			.slice(known)
			.filter(({ kind }) => kind === wanted)
			.reduce((sum, { amount }) => sum + amount, 0);
	const grown = (figure: (owed: Owed) => Minor) => figure(then) - figure(now);
	return {
		until,
		days: daysBetween(today, until),
		added: grown(({ totalOutstanding }) => totalOutstanding),
		interest: billed('interest') + grown(({ unbilledInterest }) => unbilledInterest),
		fees: billed('late_fee') + grown(({ unbilledLateFees }) => unbilledLateFees),
		total: then.totalOutstanding,
		events: dayChanges(projection.history, timeline, addDays(today, 1), until)
			.flatMap(({ steps }) => steps)
			.filter((step) => step.code === 'interest_free_period_lost' || step.code === 'late_payment_fee'),
	};
}

/** The next Friday after a day: by then a working week has passed. */
export function nextFriday(today: Day): Day {
	// 1970-01-02 was a Friday.
	return addDays(today, 7 - ((dayNumber(today) + 6) % 7));
}

/** The last day that one can ask for. */
export function lastDayToAsk(today: Day): Day {
	return addDays(today, HORIZON_DAYS);
}

/** The day that was asked for, where it exists and lies ahead, within the horizon. */
export function dayToWaitFor(asked: string, today: Day): Day | undefined {
	return isDay(asked) && asked > today && asked <= lastDayToAsk(today) ? asked : undefined;
}
