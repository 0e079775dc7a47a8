import type { Trx } from '#lib/server/db/connect.ts';
import { lockPushedMessage, recordHandOver } from '#lib/server/message/deliver.repository.ts';

/** Notes that a message reached its recipient by push, unless it has gone by SMS meanwhile. It counts on the day of the push. */
export async function recordPushArrival(trx: Trx, messageId: string, at: Date): Promise<void> {
	const message = await lockPushedMessage(trx, messageId);
	if (message) await recordHandOver(trx, message, { at, day: message.pushedOn, channel: 'push' });
}
