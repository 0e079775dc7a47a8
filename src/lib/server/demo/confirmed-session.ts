import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { confirmSession } from '#lib/server/session/confirm-session.ts';
import { endSession } from '#lib/server/session/end-session.ts';
import { readStaffSession } from '#lib/server/session/read-session.ts';
import { createStaffSession } from '#lib/server/session/start-session.ts';

/** Lets somebody of the demo's staff decide, in a session that is confirmed and ends with it. Throws in production. */
export async function withConfirmedSession(
	db: Db,
	staffId: string,
	decide: (sessionId: string) => Promise<void>,
): Promise<void> {
	if (env().mode === 'production') throw new Error('nobody decides for the staff in production');
	const { token } = await createStaffSession(db, { staffId });
	const session = await readStaffSession(db, token);
	if (!session) throw new Error('whoever decides is not disabled');
	const { sessionId } = session;
	await db.transaction().execute((trx) => confirmSession(trx, { sessionId, staffId, at: now() }));
	await decide(sessionId);
	await endSession(db, 'staff', sessionId);
}
