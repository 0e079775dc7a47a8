import { randomUUID } from 'node:crypto';
import { nextAllowedAt } from '#lib/domain/contact/hours.ts';
import { now } from '#lib/server/clock.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { sendDeliverMessage } from '#lib/server/jobs/send-job.ts';
import { getContactRules } from '#lib/server/message/contact-rules.ts';
import { findTimeZone, insertMessage } from '#lib/server/message/message.repository.ts';
import type { MessageTemplate } from '#lib/server/message/template.ts';

/** What to tell whom. The ids name what its link or code is made from when it is handed over; no secret stands here. */
export interface MessageOrder {
	/** The recipient; for null the same work is done and nothing is sent, so that nobody can tell the difference. */
	readonly cardholderId: string | null;
	readonly accountId?: string | null;
	readonly template: MessageTemplate;
	readonly accessLinkId?: string | null;
	readonly challengeId?: string | null;
	readonly applicationId?: string | null;
	readonly confirmationId?: string | null;
	/** Where this is set, the message goes to the number that this change replaced. */
	readonly numberChangeId?: string | null;
	/** Asked for by the person just now: exempt from hours and caps. Only a code is. */
	readonly justAskedFor?: boolean;
	/** Not before this instant, whatever the hours say. */
	readonly after?: Date;
	/** Two messages with the same key are one. */
	readonly dedupeKey?: string | null;
}

/** A message that is on its way, and from when it may go out. */
export interface QueuedMessage {
	readonly messageId: string;
	readonly notBefore: Date;
}

/**
 * Writes a message into the outbox together with the job that hands it to the gateway, in the transaction of what caused
 * it: all of it stands or nothing. Undefined where the dedupe key was there before, or there is nobody to tell.
 */
export async function queueMessage(trx: Trx, order: MessageOrder): Promise<QueuedMessage | undefined> {
	const messageId = randomUUID();
	const at = now();
	const notBefore = order.justAskedFor ? at : await earliest(trx, order.cardholderId, order.after ?? at);
	const inserted = await insertMessage(trx, { ...order, id: messageId, notBefore, at });
	// The job is sent even where no row was written: it finds nothing, and the work is the same for everybody.
	await sendDeliverMessage(trx, messageId, { startAfter: notBefore, urgent: order.justAskedFor ?? false });
	return inserted ? { messageId, notBefore } : undefined;
}

/** When the recipient's hours let it go; the job looks again, and at the day's cap, when it hands the message over. */
async function earliest(trx: Trx, cardholderId: string | null, at: Date): Promise<Date> {
	const zone = cardholderId === null ? undefined : await findTimeZone(trx, cardholderId);
	return nextAllowedAt(at, zone ?? null, await getContactRules(trx));
}
