import { leftOf } from '#lib/domain/account/account-state.ts';
import type { AccountState } from '#lib/domain/account/account-state.ts';
import type { Minor } from '#lib/domain/money.ts';

/** M0 is nothing past due; M1 is 1 to 30 days, M2 31 to 60, …, M7 is 181 and more. */
export type DelinquencyBucket = 'M0' | 'M1' | 'M2' | 'M3' | 'M4' | 'M5' | 'M6' | 'M7';

export interface PastDue {
	readonly amount: Minor;
	/** From the due date (not the end of grace) of the oldest increment past due; nought where the amount is. */
	readonly days: number;
}

const NOTHING: PastDue = { amount: 0, days: 0 };

/**
 * What is past due on a day (a day number): the unpaid increments whose grace has passed, at most what is billed and
 * unpaid less a credit balance.
 */
export function pastDueOn(state: AccountState, day: number): PastDue {
	let amount = 0;
	let oldest: number | undefined;
	for (const standing of state.statements) {
		if (standing.incrementLeft === 0 || standing.graceEnd >= day) continue;
		amount += standing.incrementLeft;
		oldest ??= standing.dueDate;
	}
	if (oldest === undefined) return NOTHING;
	amount = Math.min(amount, billedAndUnpaid(state, day) - state.credit);
	return amount > 0 ? { amount, days: day - oldest } : NOTHING;
}

/** Whether a day is the 91st past due or a later one, which turns the order of allocation. [CBRC 2011 No. 2, Art. 57] */
export function isOver90DaysPastDue(state: AccountState, day: number): boolean {
	for (const { incrementLeft, graceEnd, dueDate } of state.statements) {
		if (incrementLeft > 0 && graceEnd < day) return day - dueDate > 90 && pastDueOn(state, day).amount > 0;
	}
	return false;
}

/** The bucket of so many days past due. */
export function bucketOf(daysPastDue: number): DelinquencyBucket {
	return `M${String(Math.min(7, Math.ceil(daysPastDue / 30)))}` as DelinquencyBucket;
}

/** What is left of the debits that statements dated up to the day (a day number) contain. */
export function billedAndUnpaid(state: AccountState, day: number): Minor {
	let billedUpTo = -Infinity;
	for (const { date } of state.statements) if (date <= day) billedUpTo = date;
	return leftOf(state.principal, billedUpTo) + leftOf(state.interest, billedUpTo) + leftOf(state.fee, billedUpTo);
}
