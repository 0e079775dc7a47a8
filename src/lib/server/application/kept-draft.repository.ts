import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** The drafts that nobody changed since an instant, the oldest first; so many. */
export async function listDraftsUnchangedSince(db: DbOrTrx, since: Date, most: number): Promise<string[]> {
	const rows = await db
		.selectFrom('application')
		.select('id')
		.where('status', '=', 'draft')
		.where('updated_at', '<=', since)
		.orderBy('updated_at')
		.limit(most)
		.execute();
	return rows.map(({ id }) => id);
}

/** What the bank has set for drafts. */
export async function findDraftSetting(db: DbOrTrx): Promise<object | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'draft').executeTakeFirst();
	return row?.value;
}
