import type { SessionKind } from '#lib/domain/access/session.ts';
import { now } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { deleteCardholderSessionsEndedBefore } from '#lib/server/session/cardholder-session.repository.ts';
import { sessionsOf } from '#lib/server/session/lucia.ts';
import { getSessionRules } from '#lib/server/session/session-rules.ts';
import { deleteStaffSessionsEndedBefore } from '#lib/server/session/staff-session.repository.ts';

/** Ends one session, by its id as `read…Session` told it. Ending it twice is harmless. */
export async function endSession(db: DbOrTrx, kind: SessionKind, sessionId: string): Promise<void> {
	await sessionsOf(kind, db).invalidateSession(sessionId);
}

/** Ends every session of one person, on all their devices. */
export async function endAllSessions(db: DbOrTrx, kind: SessionKind, userId: string): Promise<void> {
	await sessionsOf(kind, db).invalidateUserSessions(userId);
}

const HOUR_MS = 3_600_000;

/**
 * Removes the rows of sessions that have been over for so long that no form comes from them any more; a job calls it now and
 * then. Until then a row that is over opens nothing, but tells whose form it was that came too late.
 */
export async function removeExpiredSessions(db: DbOrTrx): Promise<void> {
	const { endedSessionHours } = await getSessionRules(db);
	const before = new Date(now().getTime() - endedSessionHours * HOUR_MS);
	await deleteCardholderSessionsEndedBefore(db, before);
	await deleteStaffSessionsEndedBefore(db, before);
}
