import { type Adapter, Lucia, TimeSpan } from 'lucia';
import type { StaffRole } from '#lib/domain/access/permission.ts';
import { SESSION_LIMITS, type SessionKind } from '#lib/domain/access/session.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { cardholderSessionAdapter } from '#lib/server/session/cardholder-session.repository.ts';
import { staffSessionAdapter } from '#lib/server/session/staff-session.repository.ts';

/** What a session holds besides its owner: the chosen account (cardholders), when it began and when it was last used. */
interface SessionAttributes {
	accountId: string | null;
	startedAt: Date;
	usedAt: Date;
}

/** What a person is, read with each request; `staff` is null for cardholders. */
interface UserAttributes {
	staff: { login: string; name: string; role: StaffRole } | null;
}

declare module 'lucia' {
	interface Register {
		Lucia: Sessions;
		DatabaseSessionAttributes: SessionAttributes;
		DatabaseUserAttributes: UserAttributes;
	}
}

/** Lucia on our tables. It stays inside this folder, so that it can be swapped in a day. */
export type Sessions = Lucia<SessionAttributes, UserAttributes>;

/** The sessions of one kind of people, on the database or inside a transaction. */
export function sessionsOf(kind: SessionKind, db: DbOrTrx): Sessions {
	return lucia(kind, db, SESSION_LIMITS[kind].idleMinutes);
}

/** The same for reading: by itself Lucia extends a session where half of its time is gone, and never one of no time. */
export function sessionsToRead(kind: SessionKind, db: DbOrTrx): Sessions {
	return lucia(kind, db, 0);
}

function lucia(kind: SessionKind, db: DbOrTrx, minutes: number): Sessions {
	return new Lucia<SessionAttributes, UserAttributes>(sessionAdapter(kind, db), {
		sessionExpiresIn: new TimeSpan(minutes, 'm'),
		getSessionAttributes: ({ accountId, startedAt, usedAt }) => ({ accountId, startedAt, usedAt }),
		getUserAttributes: ({ staff }) => ({ staff }),
	});
}

/** The tables behind the sessions of one kind of people. */
export function sessionAdapter(kind: SessionKind, db: DbOrTrx): Adapter {
	return kind === 'cardholder' ? cardholderSessionAdapter(db) : staffSessionAdapter(db);
}
