import type { StatementStanding } from '#lib/domain/account/statement-standing.ts';
import type { Minor } from '#lib/domain/money.ts';

export type DebitKind = 'purchase' | 'cash_advance' | 'interest' | 'fee' | 'late_fee';

/** One debit and what became of it. Days are day numbers. */
export interface Debit {
	readonly kind: DebitKind;
	/** Its place among the history's postings. */
	readonly posting: number;
	readonly postedOn: number;
	readonly amount: Minor;
	/** The first statement dated on or after the posting day; undefined while there is none. */
	readonly statement: StatementStanding | undefined;
	/** What a standing credit balance met of it as it was posted. */
	readonly metByCredit: Minor;
	/** What is left of it now. */
	left: Minor;
	/** The newest of the settlements that lowered it since it was posted. */
	settled: Settlement | undefined;
}

/** One lowering of a debit by a credit, linked from the newest to the oldest. */
export interface Settlement {
	/** The credit's place among the history's postings. */
	readonly posting: number;
	readonly postedOn: number;
	/** The first day that bears interest on the lower balance: the day after, where a credit's day bears on the old one. */
	readonly bearsLowerFrom: number;
	/** What was left of the debit before. */
	readonly before: Minor;
	readonly older: Settlement | undefined;
}

/** What was left of a debit at the end of a day on or after its posting day. */
export function leftAtEndOf(debit: Debit, day: number): Minor {
	let left = debit.left;
	for (let step = debit.settled; step !== undefined && step.postedOn > day; step = step.older) left = step.before;
	return left;
}
