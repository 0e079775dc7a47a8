import type { Trx } from '#lib/server/db/connect.ts';

/** Notes that a message is about to be sent to a device, and that nothing has been heard of it; returns the try's id. */
export async function insertAttempt(
	trx: Trx,
	{ messageId, deviceId, receiptHash, at }: { messageId: string; deviceId: string; receiptHash: Buffer; at: Date },
): Promise<string> {
	await trx
		.updateTable('push_subscription')
		.set((eb) => ({ unanswered: eb('unanswered', '+', 1) }))
		.where('id', '=', deviceId)
		.execute();
	const { id } = await trx
		.insertInto('push_attempt')
		.values({ outbox_message_id: messageId, subscription_id: deviceId, receipt_hash: receiptHash, at })
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

export async function saveFailure(trx: Trx, attemptId: string, failure: string): Promise<void> {
	await trx.updateTable('push_attempt').set({ failure }).where('id', '=', attemptId).execute();
}

/**
 * Notes that a notice has come, by the hash of what only its device was told; the device is known to answer from then on. Returns
 * whose message it is about, the first time only.
 */
export async function saveReceipt(trx: Trx, receiptHash: Buffer, at: Date): Promise<string | undefined> {
	const row = await trx
		.updateTable('push_attempt')
		.set({ received_at: at })
		.where('receipt_hash', '=', receiptHash)
		.where('received_at', 'is', null)
		.returning(['outbox_message_id as messageId', 'subscription_id as deviceId'])
		.executeTakeFirst();
	if (!row) return undefined;
	if (row.deviceId !== null) {
		await trx.updateTable('push_subscription').set({ unanswered: 0 }).where('id', '=', row.deviceId).execute();
	}
	return row.messageId;
}
