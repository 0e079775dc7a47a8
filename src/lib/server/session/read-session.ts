import type { StaffRole } from '#lib/domain/access/permission.ts';
import { absoluteEnd, type SessionKind, sessionExpiry } from '#lib/domain/access/session.ts';
import { now } from '#lib/server/clock.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findEndedCardholder } from '#lib/server/session/cardholder-session.repository.ts';
import { sessionAdapter, sessionsToRead } from '#lib/server/session/lucia.ts';
import { findEndedStaff } from '#lib/server/session/staff-session.repository.ts';

/** When a session ends: unless it is used again, and however it is used. */
export interface SessionEnd {
	readonly endsAt: Date;
	readonly lastsUntil: Date;
}

/** The signed-in cardholder, as `locals.cardholder` holds them. */
export interface CardholderSession extends SessionEnd {
	readonly id: string;
	readonly accountId: string | null;
	readonly sessionId: string;
}

/** The signed-in member of staff, as `locals.staff` holds them. */
export interface StaffSession extends SessionEnd {
	readonly id: string;
	readonly login: string;
	readonly name: string;
	readonly role: StaffRole;
	readonly sessionId: string;
}

/** How a session is read: `peek` only looks, and its end does not move. */
export interface Reading {
	readonly peek?: boolean;
}

/** Whose token this is, where its session is alive; it then lives on for the idle time, up to its absolute end. */
export async function readCardholderSession(
	db: DbOrTrx,
	token: string | undefined,
	reading: Reading = {},
): Promise<CardholderSession | undefined> {
	const read = await readSession(db, 'cardholder', token, reading);
	if (!read) return undefined;
	const { session, user, ...end } = read;
	return { id: user.id, accountId: session.accountId, sessionId: session.id, ...end };
}

/** The same for staff, with the role they have at this moment; somebody disabled since has no session any more. */
export async function readStaffSession(
	db: DbOrTrx,
	token: string | undefined,
	reading: Reading = {},
): Promise<StaffSession | undefined> {
	const read = await readSession(db, 'staff', token, reading);
	if (!read?.user.staff) return undefined;
	const { session, user, ...end } = read;
	return { id: user.id, ...read.user.staff, sessionId: session.id, ...end };
}

/** Whose session a token was of, where it ended by itself a while ago; it opens nothing any more. */
export async function findEndedOwner(
	db: DbOrTrx,
	kind: SessionKind,
	token: string | undefined,
): Promise<{ ownerId: string; accountId: string | null } | undefined> {
	if (!token) return undefined;
	if (kind === 'cardholder') return findEndedCardholder(db, sha256Hex(token));
	const staff = await findEndedStaff(db, sha256Hex(token));
	return staff && { ...staff, accountId: null };
}

/** A use within so short a time of the last is not written again. */
const TOUCH_EVERY_MS = 30_000;

async function readSession(db: DbOrTrx, kind: SessionKind, token: string | undefined, { peek = false }: Reading) {
	if (!token) return undefined;
	const { session, user } = await sessionsToRead(kind, db).validateSession(sha256Hex(token));
	if (!session) return undefined;
	const lastsUntil = absoluteEnd(kind, session.startedAt);
	const endsAt = sessionExpiry(kind, session.startedAt, now());
	if (peek || endsAt.getTime() - session.expiresAt.getTime() < TOUCH_EVERY_MS) {
		return { session, user, endsAt: session.expiresAt, lastsUntil };
	}
	await sessionAdapter(kind, db).updateSessionExpiration(session.id, endsAt);
	return { session, user, endsAt, lastsUntil };
}
