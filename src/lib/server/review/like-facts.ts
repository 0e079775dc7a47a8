import type { Reason } from '#lib/domain/application/reason.ts';
import type { LikeFacts } from '#lib/domain/review/like-cases.ts';
import { type AccountState, readOwed } from '#lib/server/account/account-state.ts';
import { today } from '#lib/server/clock.ts';

/** The facts by which cases are alike, as of today; undefined while there are no figures to trust. */
export function likeFactsOf(account: AccountState, reason: Reason | null): LikeFacts | undefined {
	const owed = readOwed(account, today());
	if (!owed || reason === null) return undefined;
	const { totalOutstanding: owedTotal, daysPastDue } = owed;
	return { reason, currency: account.currency.code, owedTotal, daysPastDue };
}
