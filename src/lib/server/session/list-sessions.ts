import type { SessionKind } from '#lib/domain/access/session.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { sessionsOf } from '#lib/server/session/lucia.ts';

/** One place at which somebody is signed in. */
export interface ListedSession {
	readonly isThisOne: boolean;
	readonly startedAt: Date;
	/** To half a minute. */
	readonly usedAt: Date;
}

/** Everywhere that a person is signed in now: this browser first, then those used last. */
export async function listSessions(
	db: DbOrTrx,
	kind: SessionKind,
	{ userId, sessionId }: { userId: string; sessionId: string },
): Promise<ListedSession[]> {
	const sessions = await sessionsOf(kind, db).getUserSessions(userId);
	return sessions
		.map(({ id, startedAt, usedAt }) => ({ isThisOne: id === sessionId, startedAt, usedAt }))
		.sort((a, b) => Number(b.isThisOne) - Number(a.isThisOne) || b.usedAt.getTime() - a.usedAt.getTime());
}
