import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** Notes that something arrived; false where it had arrived before. */
export async function insertSending(trx: Trx, cardholderId: string, id: string, at: Date): Promise<boolean> {
	const row = await trx
		.insertInto('offline_sending')
		.values({ cardholder_id: cardholderId, id, taken_at: at })
		.onConflict((conflict) => conflict.doNothing())
		.returning('id')
		.executeTakeFirst();
	return row !== undefined;
}

export async function findSending(db: DbOrTrx, cardholderId: string, id: string): Promise<boolean> {
	const row = await db
		.selectFrom('offline_sending')
		.select('id')
		.where('cardholder_id', '=', cardholderId)
		.where('id', '=', id)
		.executeTakeFirst();
	return row !== undefined;
}

export async function deleteSendingsBefore(db: DbOrTrx, at: Date): Promise<void> {
	await db.deleteFrom('offline_sending').where('taken_at', '<=', at).execute();
}
