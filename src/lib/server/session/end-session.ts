import type { SessionKind } from '#lib/domain/access/session.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { sessionsOf } from '#lib/server/session/lucia.ts';

/** Ends one session, by its id as `read…Session` told it. Ending it twice is harmless. */
export async function endSession(db: DbOrTrx, kind: SessionKind, sessionId: string): Promise<void> {
	await sessionsOf(kind, db).invalidateSession(sessionId);
}

/** Ends every session of one person, on all their devices. */
export async function endAllSessions(db: DbOrTrx, kind: SessionKind, userId: string): Promise<void> {
	await sessionsOf(kind, db).invalidateUserSessions(userId);
}

/** Removes the rows of sessions that are over; a job calls it now and then. */
export async function removeExpiredSessions(db: DbOrTrx): Promise<void> {
	await sessionsOf('cardholder', db).deleteExpiredSessions();
	await sessionsOf('staff', db).deleteExpiredSessions();
}
