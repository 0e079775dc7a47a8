import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A device as it is kept; `sealed` is what its push service needs. */
export interface DeviceRow {
	readonly id: string;
	readonly sealed: Buffer;
	readonly locale: string;
	readonly unanswered: number;
}

/** Keeps a person's device; the same one again takes what is new of it, and begins afresh. Returns its id. */
export async function saveDevice(
	trx: Trx,
	{
		cardholderId,
		endpointHash,
		...device
	}: { cardholderId: string; endpointHash: Buffer; sealed: Buffer; locale: string; device: string; at: Date },
): Promise<string> {
	const { at, ...told } = device;
	const { id } = await trx
		.insertInto('push_subscription')
		.values({ cardholder_id: cardholderId, endpoint_hash: endpointHash, ...told, made_at: at })
		.onConflict((conflict) => conflict.column('endpoint_hash').doUpdateSet({ ...told, made_at: at, unanswered: 0 }))
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** A person's devices, those turned on last first. */
export async function listDeviceRows(
	db: DbOrTrx,
	cardholderId: string,
): Promise<{ id: string; device: string; madeAt: Date }[]> {
	return db
		.selectFrom('push_subscription')
		.select(['id', 'device', 'made_at as madeAt'])
		.where('cardholder_id', '=', cardholderId)
		.orderBy('made_at', 'desc')
		.orderBy('id')
		.execute();
}

/** The same with what sending needs. */
export async function listSendable(db: DbOrTrx, cardholderId: string): Promise<DeviceRow[]> {
	return db
		.selectFrom('push_subscription')
		.select(['id', 'sealed', 'locale', 'unanswered'])
		.where('cardholder_id', '=', cardholderId)
		.execute();
}

/** Takes away one device of a person, or all where none is named; returns the ids of what was there. */
export async function deleteDevices(trx: Trx, cardholderId: string, deviceId?: string): Promise<string[]> {
	const rows = await trx
		.deleteFrom('push_subscription')
		.where('cardholder_id', '=', cardholderId)
		.$if(deviceId !== undefined, (query) => query.where('id', '=', deviceId ?? ''))
		.returning('id')
		.execute();
	return rows.map(({ id }) => id);
}

/** Notes that its push service took or refused what was for a device. */
export async function noteSent(trx: Trx, deviceId: string, { at, taken }: { at: Date; taken: boolean }): Promise<void> {
	await trx
		.updateTable('push_subscription')
		.set(taken ? { taken_at: at } : { failed_at: at })
		.where('id', '=', deviceId)
		.execute();
}

/** When a person said that they want no offer of notices. */
export async function findDeclined(db: DbOrTrx, cardholderId: string): Promise<Date | undefined> {
	const row = await db
		.selectFrom('push_offer')
		.select('declined_at')
		.where('cardholder_id', '=', cardholderId)
		.executeTakeFirst();
	return row?.declined_at;
}

export async function saveDeclined(trx: Trx, cardholderId: string, at: Date): Promise<void> {
	await trx
		.insertInto('push_offer')
		.values({ cardholder_id: cardholderId, declined_at: at })
		.onConflict((conflict) => conflict.column('cardholder_id').doUpdateSet({ declined_at: at }))
		.execute();
}
