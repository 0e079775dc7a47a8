import { closeChallengesOf } from '#lib/server/access/challenge.repository.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** Closes whatever a person has begun of signing in: the codes that are on their way open nothing. */
export async function closeChallenges(trx: Trx, cardholderId: string, at: Date): Promise<void> {
	await closeChallengesOf(trx, cardholderId, at);
}
