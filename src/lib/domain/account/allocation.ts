import { allocationKindOf } from '#lib/domain/account/account-state.ts';
import type { AccountState, DebitQueue } from '#lib/domain/account/account-state.ts';
import type { DebitKind } from '#lib/domain/account/debit.ts';
import type { AllocationKind } from '#lib/domain/account/policy.ts';
import type { StatementStanding } from '#lib/domain/account/statement-standing.ts';
import type { Minor } from '#lib/domain/money.ts';

/** A posting as the replay takes it, with its place in the history and its day number. */
export interface Entry {
	readonly posting: number;
	readonly postedOn: number;
	readonly amount: Minor;
}

/** Posts a debit; a standing credit balance meets it first. */
export function postDebit(
	state: AccountState,
	entry: Entry,
	kind: DebitKind,
	statement: StatementStanding | undefined,
): void {
	const { posting, postedOn, amount } = entry;
	const metByCredit = Math.min(state.credit, amount);
	state.credit -= metByCredit;
	const left = amount - metByCredit;
	const queue = state[allocationKindOf(kind)];
	queue.debits.push({ kind, posting, postedOn, amount, statement, metByCredit, left, settled: undefined });
}

/**
 * Settles debits kind by kind in the order given, oldest first within a kind, and returns what is left over.
 * `bearsLowerFrom` is the first day that bears interest on the lower balances.
 */
export function settle(
	state: AccountState,
	entry: Entry,
	order: readonly AllocationKind[],
	bearsLowerFrom: number,
): Minor {
	let rest = entry.amount;
	for (const kind of order) {
		if (rest === 0) break;
		rest = settleQueue(state[kind], entry, rest, bearsLowerFrom);
	}
	return rest;
}

function settleQueue(queue: DebitQueue, entry: Entry, amount: Minor, bearsLowerFrom: number): Minor {
	let rest = amount;
	while (rest > 0) {
		const debit = queue.debits[queue.head];
		if (!debit) break;
		const { left: before, settled: older } = debit;
		const part = Math.min(before, rest);
		if (part > 0) {
			debit.settled = { posting: entry.posting, postedOn: entry.postedOn, bearsLowerFrom, before, older };
			debit.left = before - part;
			rest -= part;
		}
		if (debit.left === 0) queue.head++;
	}
	return rest;
}
