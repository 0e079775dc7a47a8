import type { PostingKind } from '#lib/domain/account/history.ts';
import type { LateFeeLine } from '#lib/domain/account/ledger-statement.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { Rate } from '#lib/domain/rate.ts';

/**
 * One step on the way to what is owed, as data without words. Its `amount` is what it adds to the total outstanding
 * (below nought: takes from it), and the steps of a day sum to that day's change exactly.
 */
export type Step =
	InterestStep | InterestFreePeriodLostStep | LatePaymentFeeStep | BilledStep | PostedStep | PolicyChangedStep;

/** Interest on one sum of balances, counted on the days `firstOn` … `on`, one after the other. */
export interface InterestStep {
	readonly code: 'interest';
	readonly firstOn: Day;
	readonly on: Day;
	/** Days that bore; as many as the days on which they were counted, unless the policy changed its convention. */
	readonly days: number;
	readonly balance: Minor;
	readonly rate: Rate;
	/** The effective day of the policy's version; undefined where it holds from the beginning. */
	readonly policyEffectiveOn: Day | undefined;
	/** balance × rate × days as it moved the rounded total: it may differ by one from its own rounding. */
	readonly amount: Minor;
}

/** Grace ended without payment in full: the statement's purchases bear from their posting days, counted at once. */
export interface InterestFreePeriodLostStep {
	readonly code: 'interest_free_period_lost';
	readonly on: Day;
	readonly statementDate: Day;
	readonly dueDate: Day;
	readonly graceEndsOn: Day;
	readonly statementBalance: Minor;
	readonly creditedInTime: Minor;
	/** The earliest first. */
	readonly parts: readonly BearingPart[];
	readonly amount: Minor;
}

/** What one purchase bore on one balance, on the days `from` … `to`, both included. */
export interface BearingPart {
	readonly from: Day;
	readonly to: Day;
	readonly days: number;
	readonly balance: Minor;
	readonly rate: Rate;
	readonly policyEffectiveOn: Day | undefined;
	readonly amount: Minor;
}

/** A late payment fee that arose as grace ended, with its base. */
export interface LatePaymentFeeStep extends LateFeeLine {
	readonly code: 'late_payment_fee';
	readonly on: Day;
	/** Which of the policy's bounds made it other than the rate's share. */
	readonly bound: 'minimum' | 'maximum' | undefined;
	readonly policyEffectiveOn: Day | undefined;
}

/** What the core posted as interest and late payment fees, against what was counted day by day until then. */
export interface BilledStep {
	readonly code: 'billed';
	readonly on: Day;
	/** The statement of the day; undefined where the core posted without one. */
	readonly statement: BilledStatement | undefined;
	readonly interest: PostedAgainstCounted;
	readonly lateFees: PostedAgainstCounted;
	/** Both posted sums less both counted ones: nought where the core bills what was reckoned. */
	readonly amount: Minor;
}

export interface BilledStatement {
	readonly dueDate: Day;
	readonly statementBalance: Minor;
	readonly minimumPaymentDue: Minor;
}

export interface PostedAgainstCounted {
	readonly posted: Minor;
	readonly counted: Minor;
}

/** A posting of any other kind, or several of a kind together. */
export interface PostedStep {
	readonly code: 'posted';
	readonly kind: Exclude<PostingKind, 'interest' | 'late_fee'>;
	readonly firstOn: Day;
	readonly on: Day;
	readonly count: number;
	/** What a credit settled by now, kind by kind; undefined for a debit. */
	readonly settled: Settled | undefined;
	readonly amount: Minor;
}

/** A credit's amount = interest + fee + principal + what is over, a waiver's void part left out. */
export interface Settled {
	readonly interest: Minor;
	readonly fee: Minor;
	readonly principal: Minor;
	readonly over: Minor;
}

/** Another version of the policy rules from this day on; it moves nothing by itself. */
export interface PolicyChangedStep {
	readonly code: 'policy_changed';
	readonly on: Day;
	readonly rateBefore: Rate;
	readonly rate: Rate;
	readonly amount: 0;
}

/** A day with all that moved the total outstanding. */
export interface DayChange {
	readonly on: Day;
	readonly steps: readonly Step[];
	readonly change: Minor;
	/** The total outstanding at the end of the day. */
	readonly total: Minor;
}
