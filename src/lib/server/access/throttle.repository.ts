import { sql } from 'kysely';
import type { MinuteCount } from '#lib/domain/access/throttle.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';

export async function lockKey(trx: Trx, key: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
}

/** The minutes of a key after an instant, the oldest first. */
export async function listCounts(trx: Trx, key: string, since: Date): Promise<MinuteCount[]> {
	return trx
		.selectFrom('rate_limit')
		.select(['window_start as minute', 'count'])
		.where('key', '=', key)
		.where('window_start', '>', since)
		.orderBy('window_start')
		.execute();
}

export async function addCount(trx: Trx, key: string, minute: Date): Promise<void> {
	await trx
		.insertInto('rate_limit')
		.values({ key, window_start: minute, count: 1 })
		.onConflict((conflict) =>
			conflict.columns(['key', 'window_start']).doUpdateSet((eb) => ({ count: eb('rate_limit.count', '+', 1) })),
		)
		.execute();
}

export async function deleteCounts(trx: Trx, key: string): Promise<void> {
	await trx.deleteFrom('rate_limit').where('key', '=', key).execute();
}

export async function deleteCountsBefore(db: Db, before: Date): Promise<void> {
	await db.deleteFrom('rate_limit').where('window_start', '<', before).execute();
}
