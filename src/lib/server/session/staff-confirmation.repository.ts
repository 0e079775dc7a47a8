import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** Whose live session, and which. */
export interface StaffSessionKey {
	readonly sessionId: string;
	readonly staffId: string;
}

/** When a live session was last confirmed; null where never, undefined where the session is over or another's. */
export async function findConfirmedAt(
	db: DbOrTrx,
	{ sessionId, staffId, at }: StaffSessionKey & { at: Date },
): Promise<Date | null | undefined> {
	const row = await db
		.selectFrom('staff_session')
		.select('confirmed_at as confirmedAt')
		.where('id', '=', sessionId)
		.where('staff_id', '=', staffId)
		.where('expires_at', '>', at)
		.executeTakeFirst();
	return row?.confirmedAt;
}

export async function saveConfirmedAt(
	trx: Trx,
	{ sessionId, staffId, at }: StaffSessionKey & { at: Date },
): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('staff_session')
		.set({ confirmed_at: at })
		.where('id', '=', sessionId)
		.where('staff_id', '=', staffId)
		.where('expires_at', '>', at)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}
