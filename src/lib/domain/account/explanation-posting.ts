import type { AccountState } from '#lib/domain/account/account-state.ts';
import type { PostedStep, Settled } from '#lib/domain/account/explanation-step.ts';
import { isCredit } from '#lib/domain/account/history.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import { creditLines, debitLines } from '#lib/domain/account/ledger-posting.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** Purchases, cash, fees and credits by their day, in the order in which they were taken; `state` is the newest known. */
export function postedSteps(history: AccountHistory, state: AccountState): Map<Day, PostedStep[]> {
	const credits = new Map(creditLines(history, state).map((line) => [line.posting, line]));
	const settled = settledByCredit(state);
	const byDay = new Map<Day, PostedStep[]>();
	for (const [posting, { kind, postedOn, amount }] of history.postings.entries()) {
		if (kind === 'interest' || kind === 'late_fee') continue;
		const common = { code: 'posted', kind, firstOn: postedOn, on: postedOn, count: 1 } as const;
		const counted = amount - (credits.get(posting)?.void ?? 0);
		const parts = settled.get(posting) ?? NOTHING;
		const over = counted - parts.interest - parts.fee - parts.principal;
		const step: PostedStep = isCredit(kind)
			? { ...common, amount: 0 - counted, settled: { ...parts, over } }
			: { ...common, amount, settled: undefined };
		byDay.set(postedOn, [...(byDay.get(postedOn) ?? []), step]);
	}
	return byDay;
}

const NOTHING: Settled = { interest: 0, fee: 0, principal: 0, over: 0 };

/** What each credit, by its place among the postings, settled of each kind. */
function settledByCredit({ principal, interest, fee }: AccountState): Map<number, Settled> {
	const settled = new Map<number, Settled>();
	for (const [kind, queue] of Object.entries({ principal, interest, fee })) {
		for (const { settlements } of debitLines(queue)) {
			for (const { posting, amount } of settlements) addTo(settled, posting, kind as keyof Settled, amount);
		}
	}
	return settled;
}

function addTo(settled: Map<number, Settled>, posting: number, kind: keyof Settled, amount: Minor): void {
	const before = settled.get(posting) ?? NOTHING;
	settled.set(posting, { ...before, [kind]: before[kind] + amount });
}
