import { changeSince, type Seen } from '#lib/domain/review/seen.ts';
import { findAccountState } from '#lib/server/account/account-state.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { findReview, type ReviewRow } from '#lib/server/review/review.repository.ts';

/** What of a case is not as a page showed it; undefined where all of it is, or the case is not there. */
export async function findChange(
	db: DbOrTrx,
	{ applicationId, seen }: { applicationId: string; seen: Seen },
): Promise<ReturnType<typeof changeSince>> {
	const review = await findReview(db, applicationId);
	const present = review && (await seeNow(db, review));
	return present && changeSince(seen, present);
}

/** What a page loaded now would show; undefined where the account is not there. */
export async function seeNow(
	db: DbOrTrx,
	{ applicationId, accountId, version }: Pick<ReviewRow, 'applicationId' | 'accountId' | 'version'>,
): Promise<Seen | undefined> {
	const account = await findAccountState(db, accountId);
	if (!account) return undefined;
	const evidence = (await listEvidence(db, applicationId)).map(({ id }) => id);
	return { version, postingMark: account.postingMark, evidence };
}
