import { sql } from 'kysely';
import type { Adapter, DatabaseSession } from 'lucia';
import { SESSION_LIMITS } from '#lib/domain/access/session.ts';
import { now } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { KEPT_PLAN } from '#lib/server/db/kept-plan.ts';

/**
 * Lucia's adapter on the cardholders' sessions; the id is the SHA-256 of the token that the cookie holds. A session that is
 * over is not found any more; its row stays a while, see `findEndedCardholder`.
 */
export function cardholderSessionAdapter(db: DbOrTrx): Adapter {
	return {
		async getSessionAndUser(sessionId) {
			const row = await selectAlive(db).where('id', '=', sessionId).modifyEnd(KEPT_PLAN).executeTakeFirst();
			return row ? [toSession(row), { id: row.cardholder_id, attributes: { staff: null } }] : [null, null];
		},
		async getUserSessions(cardholderId) {
			const rows = await selectAlive(db).where('cardholder_id', '=', cardholderId).orderBy('used_at', 'desc').execute();
			return rows.map(toSession);
		},
		async setSession({ id, userId, expiresAt, attributes: { accountId, startedAt } }) {
			const at = { created_at: startedAt, used_at: startedAt, expires_at: expiresAt };
			await db
				.insertInto('cardholder_session')
				.values({ id, cardholder_id: userId, account_id: accountId, ...at })
				.execute();
		},
		async updateSessionExpiration(sessionId, expiresAt) {
			await db
				.updateTable('cardholder_session')
				.set({ expires_at: notAfterAbsoluteEnd(expiresAt), used_at: now() })
				.where('id', '=', sessionId)
				.execute();
		},
		async deleteSession(sessionId) {
			await db.deleteFrom('cardholder_session').where('id', '=', sessionId).execute();
		},
		async deleteUserSessions(cardholderId) {
			await db.deleteFrom('cardholder_session').where('cardholder_id', '=', cardholderId).execute();
		},
		async deleteExpiredSessions() {
			await deleteCardholderSessionsEndedBefore(db, now());
		},
	};
}

/** Removes the rows of sessions that were over before an instant. */
export async function deleteCardholderSessionsEndedBefore(db: DbOrTrx, at: Date): Promise<void> {
	await db.deleteFrom('cardholder_session').where('expires_at', '<=', at).execute();
}

/** Whose session it was, and the account it looked at, where it ended by itself and is still remembered. */
export async function findEndedCardholder(
	db: DbOrTrx,
	sessionId: string,
): Promise<{ ownerId: string; accountId: string | null } | undefined> {
	return db
		.selectFrom('cardholder_session')
		.select(['cardholder_id as ownerId', 'account_id as accountId'])
		.where('id', '=', sessionId)
		.where('expires_at', '<=', now())
		.executeTakeFirst();
}

/** Notes which account the person looks at, where it is one of theirs; returns whether it is. */
export async function updateChosenAccount(
	db: DbOrTrx,
	{ sessionId, cardholderId, accountId }: { sessionId: string; cardholderId: string; accountId: string },
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('cardholder_session')
		.set({ account_id: accountId })
		.where('id', '=', sessionId)
		.where('cardholder_id', '=', cardholderId)
		.where(({ exists, selectFrom }) =>
			exists(selectFrom('account').select('id').where('id', '=', accountId).where('cardholder_id', '=', cardholderId)),
		)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

function selectAlive(db: DbOrTrx) {
	return db
		.selectFrom('cardholder_session')
		.select(['id', 'cardholder_id', 'account_id', 'created_at', 'used_at', 'expires_at'])
		.where('expires_at', '>', now());
}

interface Row {
	id: string;
	cardholder_id: string;
	account_id: string | null;
	created_at: Date;
	used_at: Date;
	expires_at: Date;
}

function toSession(row: Row): DatabaseSession {
	return {
		id: row.id,
		userId: row.cardholder_id,
		expiresAt: row.expires_at,
		attributes: { accountId: row.account_id, startedAt: row.created_at, usedAt: row.used_at },
	};
}

/** Lucia knows only the idle limit; the absolute one is kept here, whoever extends a session. */
function notAfterAbsoluteEnd(expiresAt: Date) {
	const minutes = SESSION_LIMITS.cardholder.absoluteMinutes;
	return sql<Date>`least(${expiresAt}::timestamptz, created_at + make_interval(mins => ${minutes}::int))`;
}
