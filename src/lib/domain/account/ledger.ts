import type { AccountHistory } from '#lib/domain/account/history.ts';
import { dailyInterestLines, unbilledInterestLines } from '#lib/domain/account/ledger-interest.ts';
import type { InterestLine } from '#lib/domain/account/ledger-interest.ts';
import { creditLines, debitLines } from '#lib/domain/account/ledger-posting.ts';
import type { CreditLine, DebitLine } from '#lib/domain/account/ledger-posting.ts';
import { lateFeeLines, pastDueBase, statementLines } from '#lib/domain/account/ledger-statement.ts';
import type { LateFeeLine, PastDueBase, StatementLine } from '#lib/domain/account/ledger-statement.ts';
import { figuresOf } from '#lib/domain/account/owed.ts';
import type { Owed } from '#lib/domain/account/owed.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { replay } from '#lib/domain/account/replay.ts';
import { dayNumber } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';

/**
 * Every figure of a day opened into its lines. What is left of the lines of `principal`, `billedInterest` and
 * `billedFees`, and of `credits`, sums to those figures; the amounts of `unbilledInterest`, `unbilledLateFees` and
 * `dailyInterest` sum to theirs. Interest lines carry their exact amounts too: only the running total is rounded.
 */
export interface Ledger {
	readonly asOf: Day;
	readonly figures: Owed;
	readonly principal: readonly DebitLine[];
	readonly billedInterest: readonly DebitLine[];
	readonly billedFees: readonly DebitLine[];
	readonly unbilledInterest: readonly InterestLine[];
	readonly unbilledLateFees: readonly LateFeeLine[];
	readonly credits: readonly CreditLine[];
	readonly dailyInterest: readonly InterestLine[];
	readonly statements: readonly StatementLine[];
	readonly pastDue: PastDueBase;
}

/** The ledger of an account as of a day: the same replay that `owed` reads its figures from. */
export function ledger(history: AccountHistory, timeline: PolicyTimeline, asOf: Day): Ledger {
	const state = replay(history, timeline, dayNumber(asOf));
	return {
		asOf,
		figures: figuresOf(state),
		principal: debitLines(state.principal),
		billedInterest: debitLines(state.interest),
		billedFees: debitLines(state.fee),
		unbilledInterest: unbilledInterestLines(state),
		unbilledLateFees: lateFeeLines(state),
		credits: creditLines(history, state),
		dailyInterest: dailyInterestLines(state),
		statements: statementLines(state),
		pastDue: pastDueBase(state),
	};
}
