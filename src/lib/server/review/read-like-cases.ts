import type { Reason } from '#lib/domain/application/reason.ts';
import { LIKE_MONTHS, likeBands, type LikeCases, likeCases } from '#lib/domain/review/like-cases.ts';
import type { AccountState } from '#lib/server/account/account-state.ts';
import { now } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { countLikeDecisions } from '#lib/server/review/like-cases.repository.ts';
import { likeFactsOf } from '#lib/server/review/like-facts.ts';

/** How like cases were decided in the last months; undefined while the account has no figures to trust. */
export async function readLikeCases(
	db: DbOrTrx,
	{ account, reason, applicationId }: { account: AccountState; reason: Reason | null; applicationId: string },
): Promise<LikeCases | undefined> {
	const facts = likeFactsOf(account, reason);
	if (!facts) return undefined;
	const bands = likeBands(facts, account.currency.digits);
	const since = now();
	since.setUTCMonth(since.getUTCMonth() - LIKE_MONTHS);
	return likeCases(bands, await countLikeDecisions(db, { bands, since, applicationId }));
}
