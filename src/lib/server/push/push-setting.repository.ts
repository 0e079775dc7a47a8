import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** What push keeps as data: its rules, and the keys by which push services know us. */
type PushSetting = 'push' | 'push_keys';

export async function findPushSetting(db: DbOrTrx, key: PushSetting): Promise<unknown> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
	return row?.value;
}

/** Writes it where it was never written; of two at once the first stands. */
export async function insertPushSetting(db: DbOrTrx, key: PushSetting, value: object): Promise<void> {
	await db
		.insertInto('setting')
		.values({ key, value: JSON.stringify(value) })
		.onConflict((conflict) => conflict.column('key').doNothing())
		.execute();
}
