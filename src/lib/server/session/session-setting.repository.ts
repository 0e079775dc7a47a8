import type { DbOrTrx } from '#lib/server/db/connect.ts';

export async function findSessionSetting(db: DbOrTrx): Promise<unknown> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'session').executeTakeFirst();
	return row?.value;
}
