import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** Notes that a number is silenced from now on, also where it was once and that was lifted. */
export async function insertSilence(
	trx: Trx,
	{ phone, linkId, browserHash, at }: { phone: string; linkId: string; browserHash: Buffer; at: Date },
): Promise<void> {
	const silence = { silenced_at: at, access_link_id: linkId, browser_hash: browserHash };
	await trx
		.insertInto('silenced_number')
		.values({ phone, ...silence })
		.onConflict((conflict) => conflict.column('phone').doUpdateSet({ ...silence, lifted_at: null, lifted_by: null }))
		.execute();
}

/** The number that a browser has silenced since an instant and that is so still, with whose link it came by; locked. */
export async function lockSilenceOfBrowser(
	trx: Trx,
	browserHash: Buffer,
	since: Date,
): Promise<{ phone: string; linkId: string | null; cardholderId: string | null } | undefined> {
	return silencesOfBrowser(trx, browserHash, since).forUpdate('silenced_number').executeTakeFirst();
}

export async function findSilenceOfBrowser(db: DbOrTrx, browserHash: Buffer, since: Date): Promise<boolean> {
	return (await silencesOfBrowser(db, browserHash, since).executeTakeFirst()) !== undefined;
}

function silencesOfBrowser(db: DbOrTrx, browserHash: Buffer, since: Date) {
	return db
		.selectFrom('silenced_number')
		.leftJoin('access_link', 'access_link.id', 'silenced_number.access_link_id')
		.select([
			'silenced_number.phone',
			'silenced_number.access_link_id as linkId',
			'access_link.cardholder_id as cardholderId',
		])
		.where('browser_hash', '=', browserHash)
		.where('silenced_at', '>', since)
		.where('lifted_at', 'is', null)
		.orderBy('silenced_at', 'desc')
		.limit(1);
}

/** Lifts a number's silence; false where there was none. */
export async function liftPhone(trx: Trx, phone: string, { at, by }: { at: Date; by: string }): Promise<boolean> {
	const result = await trx
		.updateTable('silenced_number')
		.set({ lifted_at: at, lifted_by: by, browser_hash: null })
		.where('phone', '=', phone)
		.where('lifted_at', 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows > 0n;
}

/** Since when a number is silenced; undefined where it is not. */
export async function findSilencedAt(db: DbOrTrx, phone: string): Promise<Date | undefined> {
	const row = await db
		.selectFrom('silenced_number')
		.select('silenced_at')
		.where('phone', '=', phone)
		.where('lifted_at', 'is', null)
		.executeTakeFirst();
	return row?.silenced_at;
}

/** The people whose number on file is silenced, the latest first. */
export async function listSilenced(
	db: DbOrTrx,
	most: number,
): Promise<{ cardholderId: string; name: string; phone: string; silencedAt: Date }[]> {
	return db
		.selectFrom('silenced_number')
		.innerJoin('cardholder', 'cardholder.phone', 'silenced_number.phone')
		.select(['cardholder.id as cardholderId', 'cardholder.name', 'cardholder.phone', 'silenced_at as silencedAt'])
		.where('lifted_at', 'is', null)
		.orderBy('silenced_at', 'desc')
		.orderBy('cardholder.id')
		.limit(most)
		.execute();
}
