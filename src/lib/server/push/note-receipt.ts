import { now } from '#lib/server/clock.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { recordPushArrival } from '#lib/server/message/record-push-arrival.ts';
import { saveReceipt } from '#lib/server/push/attempt.repository.ts';

/**
 * A device says that its notice has come: the message has gone with it, and no SMS follows, where none was faster. What nobody
 * knows does nothing, and the answer is the same.
 */
export async function noteReceipt(db: Db, receipt: string): Promise<void> {
	const at = now();
	await db.transaction().execute(async (trx) => {
		const messageId = await saveReceipt(trx, sha256(receipt), at);
		if (messageId !== undefined) await recordPushArrival(trx, messageId, at);
	});
}
