import type { AccountState, DebitQueue } from '#lib/domain/account/account-state.ts';
import type { Debit } from '#lib/domain/account/debit.ts';
import { isCredit } from '#lib/domain/account/history.ts';
import type { AccountHistory, PostingKind } from '#lib/domain/account/history.ts';
import { nameOf } from '#lib/domain/account/ledger-interest.ts';
import type { DebitName } from '#lib/domain/account/ledger-interest.ts';
import { dayNumber, dayOf } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** A debit, what settled it and what is left: the lines of principal, billedInterest and billedFees. */
export interface DebitLine extends DebitName {
	/** What a credit balance met of it as it was posted. */
	readonly metByCredit: Minor;
	readonly settlements: readonly SettlementLine[];
	readonly left: Minor;
}

export interface SettlementLine {
	/** The credit's place among the history's postings. */
	readonly posting: number;
	readonly postedOn: Day;
	readonly amount: Minor;
	readonly leftAfter: Minor;
}

/** A credit and what became of it: amount = settled + metLater + void + left. */
export interface CreditLine {
	readonly posting: number;
	readonly kind: PostingKind;
	readonly postedOn: Day;
	readonly amount: Minor;
	readonly settled: Minor;
	/** What of its credit balance met later debits, the oldest credit first. */
	readonly metLater: Minor;
	/** What a waiver exceeded its own kind by. */
	readonly void: Minor;
	/** Its part of the credit balance: the lines' sum is `credit`. */
	readonly left: Minor;
}

/** The debits of one queue, the oldest first; what is left of them sums to its figure. */
export function debitLines({ debits }: DebitQueue): DebitLine[] {
	return debits.map((debit) => ({
		...nameOf(debit),
		metByCredit: debit.metByCredit,
		settlements: settlementLines(debit),
		left: debit.left,
	}));
}

/** Every credit up to the state's day, in the order in which it was taken. */
export function creditLines(history: AccountHistory, state: AccountState): CreditLine[] {
	const debits = [...state.principal.debits, ...state.interest.debits, ...state.fee.debits];
	const settledBy = new Map<number, Minor>();
	for (const { posting, amount } of debits.flatMap(settlementLines)) {
		settledBy.set(posting, (settledBy.get(posting) ?? 0) + amount);
	}
	let met = debits.reduce((sum, { metByCredit }) => sum + metByCredit, 0);
	return history.postings
		.map((entry, posting) => ({ ...entry, posting }))
		.filter(({ kind, postedOn }) => isCredit(kind) && dayNumber(postedOn) <= state.asOf)
		.sort((a, b) => (a.postedOn < b.postedOn ? -1 : a.postedOn > b.postedOn ? 1 : 0))
		.map(({ posting, kind, postedOn, amount }) => {
			const settled = settledBy.get(posting) ?? 0;
			const rest = amount - settled;
			const isWaiver = kind === 'waiver_interest' || kind === 'waiver_fee';
			const metLater = isWaiver ? 0 : Math.min(rest, met);
			met -= metLater;
			const left = isWaiver ? 0 : rest - metLater;
			return { posting, kind, postedOn, amount, settled, metLater, void: isWaiver ? rest : 0, left };
		});
}

function settlementLines(debit: Debit): SettlementLine[] {
	const lines: SettlementLine[] = [];
	let leftAfter = debit.left;
	for (let step = debit.settled; step !== undefined; step = step.older) {
		const { posting, postedOn, before } = step;
		lines.push({ posting, postedOn: dayOf(postedOn), amount: before - leftAfter, leftAfter });
		leftAfter = before;
	}
	return lines.reverse();
}
