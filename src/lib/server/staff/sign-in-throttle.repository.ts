import type { Db, DbOrTrx } from '#lib/server/db/connect.ts';

/** Adds one to the count of a key in a window, at once for every process. */
export async function countTry(db: Db, { key, windowStart }: { key: string; windowStart: Date }): Promise<void> {
	await db
		.insertInto('rate_limit')
		.values({ key, window_start: windowStart, count: 1 })
		.onConflict((conflict) =>
			conflict.columns(['key', 'window_start']).doUpdateSet((eb) => ({ count: eb('rate_limit.count', '+', 1) })),
		)
		.execute();
}

/** The windows of a key from an instant on, the oldest first. */
export async function listTries(
	db: Db,
	{ key, since }: { key: string; since: Date },
): Promise<{ windowStart: Date; count: number }[]> {
	return db
		.selectFrom('rate_limit')
		.select(['window_start as windowStart', 'count'])
		.where('key', '=', key)
		.where('window_start', '>', since)
		.orderBy('window_start')
		.execute();
}

export async function forgetTries(db: DbOrTrx, key: string): Promise<void> {
	await db.deleteFrom('rate_limit').where('key', '=', key).execute();
}
