import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** A rule of the desk that the bank keeps as data; undefined where it was never set. */
export async function findDeskSetting(db: DbOrTrx, key: 'checks' | 'decline_letters'): Promise<object | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
	return row?.value;
}
