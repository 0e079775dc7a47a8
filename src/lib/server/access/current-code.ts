import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { findChallenge } from '#lib/server/access/challenge.repository.ts';
import { signInCode } from '#lib/server/crypto/sign-in-code.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/**
 * The code that a challenge takes at this moment, made anew when its message is handed over, and for how many minutes a
 * code is good. Undefined where the challenge is closed or over.
 */
export async function findCurrentCode(
	db: DbOrTrx,
	challengeId: string,
	at: Date,
): Promise<{ code: string; minutes: number } | undefined> {
	const challenge = await findChallenge(db, challengeId);
	if (!challenge || challenge.closedAt !== null || challenge.expiresAt <= at) return undefined;
	const { code } = await getAccessRules(db);
	const source = { challengeId, seed: challenge.codeSeed, sends: challenge.sends };
	return { code: signInCode(source), minutes: code.minutes };
}
