import { refusesTry, triesLeft } from '#lib/domain/access/code.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { findChallenge, findChallengeOfBrowser } from '#lib/server/access/challenge.repository.ts';
import { now } from '#lib/server/clock.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** The challenge that a browser has begun and not closed; `cardholderId` is null where the numbers fit nobody. */
export async function findBrowserChallenge(
	db: DbOrTrx,
	browser: string,
): Promise<{ challengeId: string; cardholderId: string | null } | undefined> {
	const challenge = await findChallengeOfBrowser(db, sha256(browser));
	if (!challenge || challenge.closedAt !== null) return undefined;
	return { challengeId: challenge.id, cardholderId: challenge.cardholderId };
}

/** How a challenge stands, without its code: whether one can still be typed, and how often. */
export async function findChallengeState(
	db: DbOrTrx,
	challengeId: string,
): Promise<{ takesCode: boolean; triesLeft: number } | undefined> {
	const challenge = await findChallenge(db, challengeId);
	if (!challenge) return undefined;
	const { code } = await getAccessRules(db);
	return { takesCode: refusesTry(challenge, now(), code) === undefined, triesLeft: triesLeft(challenge, code) };
}
