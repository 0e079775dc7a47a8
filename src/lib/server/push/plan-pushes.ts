import { randomToken } from '#lib/server/crypto/random-token.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { insertAttempt } from '#lib/server/push/attempt.repository.ts';
import { listSendable } from '#lib/server/push/device.repository.ts';
import { forgetDevice } from '#lib/server/push/forget-devices.ts';
import { readPushRules } from '#lib/server/push/push-rules.ts';

/** One notice that is about to be sent. `receipt` is what its device says back; it stands in memory alone, in the database its hash. */
export interface PlannedPush {
	readonly attemptId: string;
	readonly deviceId: string;
	readonly cardholderId: string;
	readonly sealed: Buffer;
	readonly locale: string;
	readonly receipt: string;
	/** When nobody wants it any more, since the SMS goes then. */
	readonly until: Date;
}

/**
 * Notes that a message is to be told to each of its recipient's devices, before any of it is sent: whoever dies in between has
 * sent it at most once, and the SMS goes. An empty list where they have none that answers.
 */
export async function planPushes(
	trx: Trx,
	{ messageId, cardholderId, at }: { messageId: string; cardholderId: string; at: Date },
): Promise<PlannedPush[]> {
	if (env().push === 'off') return [];
	const { receiptMinutes, mostUnanswered } = await readPushRules(trx);
	const until = new Date(at.getTime() + receiptMinutes * 60_000);
	const planned: PlannedPush[] = [];
	for (const { id: deviceId, sealed, locale, unanswered } of await listSendable(trx, cardholderId)) {
		if (unanswered >= mostUnanswered) {
			await forgetDevice(trx, { cardholderId, deviceId, actor: { kind: 'system', id: null }, why: 'unanswered' });
			continue;
		}
		const receipt = randomToken();
		const attemptId = await insertAttempt(trx, { messageId, deviceId, receiptHash: sha256(receipt), at });
		planned.push({ attemptId, deviceId, cardholderId, sealed, locale, receipt, until });
	}
	return planned;
}
