import { leftOf } from '#lib/domain/account/account-state.ts';
import type { AccountState } from '#lib/domain/account/account-state.ts';
import { billingOn } from '#lib/domain/account/billing.ts';
import type { AccountHistory, Posting, Statement } from '#lib/domain/account/history.ts';
import { figuresOf } from '#lib/domain/account/owed.ts';
import type { Owed } from '#lib/domain/account/owed.ts';
import { billedAndUnpaid } from '#lib/domain/account/past-due.ts';
import { withPayment } from '#lib/domain/account/payoff.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { versionOn } from '#lib/domain/account/policy-timeline.ts';
import { replay } from '#lib/domain/account/replay.ts';
import { nextCycle } from '#lib/domain/account/statement-cycle.ts';
import type { CycleDates } from '#lib/domain/account/statement-cycle.ts';
import { addDays, dayNumber } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { shareRoundedUp } from '#lib/domain/rate.ts';

/** `minimum`: what is due already is paid today, and every later minimum on its due date. */
export type Course = 'nothing' | 'minimum';

export interface ProjectedDay {
	readonly on: Day;
	/** What is paid that day; it is contained in `owed`. */
	readonly paid: Minor;
	readonly owed: Owed;
}

/** What an account would come to, day by day from today to the last day, both included. */
export interface Projection {
	readonly course: Course;
	readonly days: readonly ProjectedDay[];
	/** The history with the statements, interest, fees and payments to come. */
	readonly history: AccountHistory;
}

/** How far one looks ahead where there is no plan. */
export const HORIZON_DAYS = 90;

/**
 * Looks ahead from a day: statements go on monthly on the same days and bill the engine's own interest and fees, nothing
 * is bought, and the course is followed. Without a statement there is no cycle, and only what bears already accrues.
 */
export function project(
	history: AccountHistory,
	timeline: PolicyTimeline,
	today: Day,
	course: Course,
	until: Day = addDays(today, HORIZON_DAYS),
): Projection {
	let ahead: AccountHistory = {
		currency: history.currency,
		statements: history.statements.filter(({ statementDate }) => statementDate <= today),
		postings: history.postings.filter(({ postedOn }) => postedOn <= today),
	};
	const days: ProjectedDay[] = [];
	for (let on = today; on <= until; on = addDays(on, 1)) {
		const paid = course === 'minimum' ? minimumDueOn(ahead, timeline, on) : 0;
		ahead = withPayment(ahead, on, paid);
		const cycle = nextCycle(ahead.statements, addDays(on, -1));
		const billed = cycle?.statementDate === on ? withStatement(ahead, timeline, cycle) : ahead;
		// Today's figures are the core's own: a statement that it has not printed yet counts from tomorrow on.
		const shown = on === today ? ahead : billed;
		days.push({ on, paid, owed: figuresOf(replay(shown, timeline, dayNumber(on))) });
		ahead = billed;
	}
	return { course, days, history: ahead };
}

/** The unpaid increments whose due date has come, at most what is billed and unpaid less a credit balance. */
export function minimumDueOn(history: AccountHistory, timeline: PolicyTimeline, on: Day): Minor {
	const day = dayNumber(on);
	const state = replay(history, timeline, day);
	const due = state.statements.filter(({ dueDate }) => dueDate <= day);
	const unpaid = due.reduce((sum, { incrementLeft }) => sum + incrementLeft, 0);
	return Math.max(0, Math.min(unpaid, billedAndUnpaid(state, day) - state.credit));
}

/** The history with a statement that bills what the engine reckons for it. */
export function withStatement(history: AccountHistory, timeline: PolicyTimeline, dates: CycleDates): AccountHistory {
	const postedOn = dates.statementDate;
	const { interest, lateFees } = billingOn(history, timeline, postedOn);
	const billed: Posting[] = lateFees.map((amount) => ({ postedOn, kind: 'late_fee', amount }));
	if (interest > 0) billed.unshift({ postedOn, kind: 'interest', amount: interest });
	const postings = [...history.postings, ...billed];
	const state = replay({ ...history, postings }, timeline, dayNumber(postedOn));
	const statement = { ...dates, ...statementAmounts(state, cycleCharges({ ...history, postings }, postedOn)) };
	return { currency: history.currency, statements: [...history.statements, statement], postings };
}

/** The minimum is the policy's share of principal, rounded up, plus the cycle's interest and fees plus what is past due. */
function statementAmounts(
	state: AccountState,
	charges: Minor,
): Pick<Statement, 'statementBalance' | 'minimumPaymentDue'> {
	const { minimumPaymentRate } = versionOn(state.timeline, state.asOf).policy;
	const { principal, billedInterest, billedFees, credit, pastDueAmount } = figuresOf(state);
	const statementBalance = Math.max(0, principal + billedInterest + billedFees - credit);
	const minimum = shareRoundedUp(leftOf(state.principal), minimumPaymentRate) + charges + pastDueAmount;
	return { statementBalance, minimumPaymentDue: Math.min(statementBalance, minimum) };
}

/** The interest and fees posted since the newest statement, up to a day. */
function cycleCharges({ statements, postings }: AccountHistory, upTo: Day): Minor {
	const since = statements.reduce((newest, { statementDate }) => (statementDate > newest ? statementDate : newest), '');
	return postings
		.filter(({ postedOn, kind }) => postedOn > since && postedOn <= upTo && CHARGES.has(kind))
		.reduce((sum, { amount }) => sum + amount, 0);
}

const CHARGES: ReadonlySet<Posting['kind']> = new Set(['interest', 'fee', 'late_fee']);
