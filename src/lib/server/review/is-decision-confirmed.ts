import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { readReviewRules } from '#lib/server/review/review-rules.ts';
import { isSessionConfirmed } from '#lib/server/session/confirm-session.ts';

/** Whether whoever decides proved to be there within the bank's minutes, in the very session in which they decide. */
export async function isDecisionConfirmed(
	db: DbOrTrx,
	{ staffId, sessionId, at }: { staffId: string; sessionId: string; at: Date },
): Promise<boolean> {
	const { confirmMinutes: minutes } = await readReviewRules(db);
	return isSessionConfirmed(db, { staffId, sessionId, at, minutes });
}
