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

/** The same of several keys together. */
export async function listCountsOf(trx: Trx, keys: readonly string[], since: Date): Promise<MinuteCount[]> {
	return trx
		.selectFrom('rate_limit')
		.select(({ fn }) => ['window_start as minute', fn.sum<number>('count').as('count')])
		.where('key', 'in', keys)
		.where('window_start', '>', since)
		.groupBy('window_start')
		.orderBy('window_start')
		.execute();
}

/** Notes a key for a minute; false where it was noted before. */
export async function noteOnce(trx: Trx, key: string, minute: Date): Promise<boolean> {
	const result = await trx
		.insertInto('rate_limit')
		.values({ key, window_start: minute, count: 1 })
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
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

/** Removes the counts of a key; returns how many it had counted. */
export async function deleteCounts(trx: Trx, key: string): Promise<number> {
	const rows = await trx.deleteFrom('rate_limit').where('key', '=', key).returning('count').execute();
	return rows.reduce((sum, { count }) => sum + count, 0);
}

export async function deleteCountsBefore(db: Db, before: Date): Promise<void> {
	await db.deleteFrom('rate_limit').where('window_start', '<', before).execute();
}
