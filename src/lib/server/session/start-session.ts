import type { SessionKind } from '#lib/domain/access/session.ts';
import { now } from '#lib/server/clock.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { sessionsOf } from '#lib/server/session/lucia.ts';

/**
 * Starts a cardholder's session and returns the token for its cookie: 32 random bytes, of which the database holds only
 * the SHA-256. `accountId` is the account they came for; null lets them choose.
 */
export async function createCardholderSession(
	db: DbOrTrx,
	{ cardholderId, accountId }: { cardholderId: string; accountId: string | null },
): Promise<{ token: string }> {
	return { token: await startSession(db, 'cardholder', cardholderId, accountId) };
}

/** Starts a session of somebody of the staff and returns the token for its cookie. */
export async function createStaffSession(db: DbOrTrx, { staffId }: { staffId: string }): Promise<{ token: string }> {
	return { token: await startSession(db, 'staff', staffId, null) };
}

async function startSession(db: DbOrTrx, kind: SessionKind, userId: string, accountId: string | null): Promise<string> {
	const token = randomToken();
	const at = now();
	const attributes = { accountId, startedAt: at, usedAt: at };
	await sessionsOf(kind, db).createSession(userId, attributes, { sessionId: sha256Hex(token) });
	return token;
}
