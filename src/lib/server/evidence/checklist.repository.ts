import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** Where a page stands among the others and how it is turned. */
export async function saveArrangement(
	trx: Trx,
	id: string,
	change: { readonly position: number } | { readonly turns: number },
): Promise<void> {
	await trx.updateTable('evidence').set(change).where('id', '=', id).execute();
}

/** Whether an application holds a page that nobody has looked into yet. */
export async function hasUnprepared(db: DbOrTrx, applicationId: string): Promise<boolean> {
	const row = await db
		.selectFrom('evidence')
		.select('id')
		.where('application_id', '=', applicationId)
		.where('state', '=', 'received')
		.where('removed_at', 'is', null)
		.executeTakeFirst();
	return row !== undefined;
}

export async function findEvidenceSetting(db: DbOrTrx): Promise<object | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'evidence').executeTakeFirst();
	return row?.value;
}
