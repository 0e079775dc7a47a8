import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** What the bank wrote about how to pay; undefined where it was taken away. */
export async function findHowToPaySetting(db: DbOrTrx): Promise<unknown> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'how_to_pay').executeTakeFirst();
	return row?.value;
}
