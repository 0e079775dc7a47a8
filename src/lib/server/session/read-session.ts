import type { StaffRole } from '#lib/domain/access/permission.ts';
import { type SessionKind, sessionExpiry } from '#lib/domain/access/session.ts';
import { now } from '#lib/server/clock.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { sessionAdapter, sessionsOf } from '#lib/server/session/lucia.ts';

/** The signed-in cardholder, as `locals.cardholder` holds them. */
export interface CardholderSession {
	readonly id: string;
	readonly accountId: string | null;
	readonly sessionId: string;
}

/** The signed-in member of staff, as `locals.staff` holds them. */
export interface StaffSession {
	readonly id: string;
	readonly login: string;
	readonly name: string;
	readonly role: StaffRole;
	readonly sessionId: string;
}

/** Whose token this is, where its session is alive; it then lives on for the idle time, up to its absolute end. */
export async function readCardholderSession(
	db: DbOrTrx,
	token: string | undefined,
): Promise<CardholderSession | undefined> {
	const read = await readSession(db, 'cardholder', token);
	return read && { id: read.user.id, accountId: read.session.accountId, sessionId: read.session.id };
}

/** The same for staff, with the role they have at this moment; somebody disabled since has no session any more. */
export async function readStaffSession(db: DbOrTrx, token: string | undefined): Promise<StaffSession | undefined> {
	const read = await readSession(db, 'staff', token);
	return read?.user.staff ? { id: read.user.id, ...read.user.staff, sessionId: read.session.id } : undefined;
}

/** A use within so short a time of the last is not written again. */
const TOUCH_EVERY_MS = 30_000;

async function readSession(db: DbOrTrx, kind: SessionKind, token: string | undefined) {
	if (!token) return undefined;
	const sessions = sessionsOf(kind, db);
	const { session, user } = await sessions.validateSession(sha256Hex(token));
	if (!session) return undefined;
	// Lucia extends only when half of the idle time is gone, which would sign somebody out after half of it.
	const expiresAt = sessionExpiry(kind, session.startedAt, now());
	if (!session.fresh && expiresAt.getTime() - session.expiresAt.getTime() >= TOUCH_EVERY_MS) {
		await sessionAdapter(kind, db).updateSessionExpiration(session.id, expiresAt);
	}
	return { session, user };
}
