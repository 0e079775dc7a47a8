import { leftOf } from '#lib/domain/account/account-state.ts';
import type { AccountState } from '#lib/domain/account/account-state.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import { dailyInterest, unbilledInterest } from '#lib/domain/account/interest-sum.ts';
import { unbilledLateFees } from '#lib/domain/account/late-fee.ts';
import { bucketOf, pastDueOn } from '#lib/domain/account/past-due.ts';
import type { DelinquencyBucket } from '#lib/domain/account/past-due.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { replay } from '#lib/domain/account/replay.ts';
import { dayNumber } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/**
 * What an account owes at the end of a day, in minor units of its currency:
 * principal + billedInterest + unbilledInterest + billedFees + unbilledLateFees − credit = totalOutstanding.
 */
export interface Owed {
	readonly principal: Minor;
	readonly billedInterest: Minor;
	readonly unbilledInterest: Minor;
	readonly billedFees: Minor;
	readonly unbilledLateFees: Minor;
	readonly credit: Minor;
	/** Below nought where a credit balance exceeds the debt. */
	readonly totalOutstanding: Minor;
	readonly pastDueAmount: Minor;
	readonly daysPastDue: number;
	readonly delinquencyBucket: DelinquencyBucket;
	/** One day's interest on what bears interest already, at today's balances. */
	readonly dailyInterest: Minor;
}

/**
 * What the account owes as of a day, that day's postings included and everything later ignored. The history must be
 * free of contradictions. Interest is summed exactly and rounded half up once for each figure.
 */
export function owed(history: AccountHistory, timeline: PolicyTimeline, asOf: Day): Owed {
	return figuresOf(replay(history, timeline, dayNumber(asOf)));
}

/** The figures of an account as a replay left it. */
export function figuresOf(state: AccountState): Owed {
	const parts = {
		principal: leftOf(state.principal),
		billedInterest: leftOf(state.interest),
		unbilledInterest: unbilledInterest(state),
		billedFees: leftOf(state.fee),
		unbilledLateFees: unbilledLateFees(state),
		credit: state.credit,
	};
	const { principal, billedInterest, billedFees } = parts;
	const pastDue = pastDueOn(state, state.asOf);
	return {
		...parts,
		totalOutstanding:
			principal + billedInterest + parts.unbilledInterest + billedFees + parts.unbilledLateFees - state.credit,
		pastDueAmount: pastDue.amount,
		daysPastDue: pastDue.days,
		delinquencyBucket: bucketOf(pastDue.days),
		dailyInterest: dailyInterest(state),
	};
}
