import { sql } from 'kysely';
import type { Adapter, DatabaseSession } from 'lucia';
import { SESSION_LIMITS } from '#lib/domain/access/session.ts';
import { now } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { KEPT_PLAN } from '#lib/server/db/kept-plan.ts';

/** Lucia's adapter on the staff's sessions. Who is disabled has none, and the role is read anew with each request. */
export function staffSessionAdapter(db: DbOrTrx): Adapter {
	return {
		async getSessionAndUser(sessionId) {
			const row = await db
				.selectFrom('staff_session as session')
				.innerJoin('staff', 'staff.id', 'session.staff_id')
				.select(['session.id', 'session.staff_id', 'session.created_at', 'session.used_at', 'session.expires_at'])
				.select(['staff.login', 'staff.name', 'staff.role', 'staff.disabled_at'])
				.where('session.id', '=', sessionId)
				.where('session.expires_at', '>', now())
				.modifyEnd(KEPT_PLAN)
				.executeTakeFirst();
			if (!row) return [null, null];
			const staff = { login: row.login, name: row.name, role: row.role };
			return [toSession(row), row.disabled_at ? null : { id: row.staff_id, attributes: { staff } }];
		},
		async getUserSessions(staffId) {
			const rows = await db
				.selectFrom('staff_session')
				.select(['id', 'staff_id', 'created_at', 'used_at', 'expires_at'])
				.where('staff_id', '=', staffId)
				.where('expires_at', '>', now())
				.orderBy('used_at', 'desc')
				.execute();
			return rows.map(toSession);
		},
		async setSession({ id, userId, expiresAt, attributes: { startedAt } }) {
			const row = { id, staff_id: userId, created_at: startedAt, used_at: startedAt, expires_at: expiresAt };
			await db.insertInto('staff_session').values(row).execute();
		},
		async updateSessionExpiration(sessionId, expiresAt) {
			await db
				.updateTable('staff_session')
				.set({ expires_at: notAfterAbsoluteEnd(expiresAt), used_at: now() })
				.where('id', '=', sessionId)
				.execute();
		},
		async deleteSession(sessionId) {
			await db.deleteFrom('staff_session').where('id', '=', sessionId).execute();
		},
		async deleteUserSessions(staffId) {
			await db.deleteFrom('staff_session').where('staff_id', '=', staffId).execute();
		},
		async deleteExpiredSessions() {
			await deleteStaffSessionsEndedBefore(db, now());
		},
	};
}

/** Removes the rows of sessions that were over before an instant. */
export async function deleteStaffSessionsEndedBefore(db: DbOrTrx, at: Date): Promise<void> {
	await db.deleteFrom('staff_session').where('expires_at', '<=', at).execute();
}

/** Whose session it was, where it ended by itself and is still remembered; somebody disabled since is nobody. */
export async function findEndedStaff(db: DbOrTrx, sessionId: string): Promise<{ ownerId: string } | undefined> {
	return db
		.selectFrom('staff_session as session')
		.innerJoin('staff', 'staff.id', 'session.staff_id')
		.select('session.staff_id as ownerId')
		.where('session.id', '=', sessionId)
		.where('session.expires_at', '<=', now())
		.where('staff.disabled_at', 'is', null)
		.executeTakeFirst();
}

interface Row {
	id: string;
	staff_id: string;
	created_at: Date;
	used_at: Date;
	expires_at: Date;
}

function toSession(row: Row): DatabaseSession {
	return {
		id: row.id,
		userId: row.staff_id,
		expiresAt: row.expires_at,
		attributes: { accountId: null, startedAt: row.created_at, usedAt: row.used_at },
	};
}

/** Lucia knows only the idle limit; the absolute one is kept here, whoever extends a session. */
function notAfterAbsoluteEnd(expiresAt: Date) {
	const minutes = SESSION_LIMITS.staff.absoluteMinutes;
	return sql<Date>`least(${expiresAt}::timestamptz, created_at + make_interval(mins => ${minutes}::int))`;
}
