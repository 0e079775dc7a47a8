import type { AccountHistory } from '#lib/domain/account/history.ts';
import { unbilledInterest } from '#lib/domain/account/interest-sum.ts';
import { unbilledLateFee } from '#lib/domain/account/late-fee.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { replay } from '#lib/domain/account/replay.ts';
import { dayNumber } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** What a statement has to bill of the engine's own reckoning. */
export interface Billing {
	readonly interest: Minor;
	/** One for each earlier statement whose fee it posts, the oldest first; none is nought. */
	readonly lateFees: readonly Minor[];
}

/**
 * What a statement dated so bills: the interest of the days since the one before it, and the late payment fees whose
 * grace has ended since. Statements from that date on, and the interest and late payment fees posted on it, are left
 * out of the reckoning: it says what the core should have posted, whatever it did.
 */
export function billingOn(history: AccountHistory, timeline: PolicyTimeline, date: Day): Billing {
	const before: AccountHistory = {
		currency: history.currency,
		statements: history.statements.filter(({ statementDate }) => statementDate < date),
		postings: history.postings.filter(
			({ postedOn, kind }) => postedOn < date || (postedOn === date && kind !== 'interest' && kind !== 'late_fee'),
		),
	};
	const state = replay(before, timeline, dayNumber(date));
	return {
		interest: unbilledInterest(state),
		lateFees: state.statements.map((standing) => unbilledLateFee(state, standing)).filter((fee) => fee > 0),
	};
}
