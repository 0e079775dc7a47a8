import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** A message to a person, without what it said. */
export interface MessageTrail {
	readonly template: string;
	readonly status: 'queued' | 'handed_over' | 'failed' | 'dropped';
	readonly createdAt: Date;
	readonly notBefore: Date;
	readonly handedOverAt: Date | null;
	readonly accessLinkId: string | null;
	readonly challengeId: string | null;
	/** Which way it went; null where it went nowhere, or where the database does not show it to whoever asks. */
	readonly channel: 'sms' | 'push' | null;
	/** The card that it was about; null where it was about none. */
	readonly cardLast4: string | null;
}

/** The messages to a person, the newest first; of some kinds alone where they are named. */
export async function selectMessageTrail(
	db: DbOrTrx,
	{ cardholderId, templates, most }: { cardholderId: string; templates?: readonly string[] | undefined; most: number },
): Promise<MessageTrail[]> {
	return db
		.selectFrom('outbox_message as m')
		.leftJoin('account as a', 'a.id', 'm.account_id')
		.leftJoin('contact_log as c', 'c.outbox_message_id', 'm.id')
		.select(['m.template', 'm.status', 'm.created_at as createdAt', 'm.not_before as notBefore'])
		.select(['m.handed_over_at as handedOverAt', 'm.access_link_id as accessLinkId', 'm.challenge_id as challengeId'])
		.select(['a.card_last4 as cardLast4', 'c.channel'])
		.where('m.cardholder_id', '=', cardholderId)
		.$if(templates !== undefined, (query) => query.where('m.template', 'in', templates ?? []))
		.orderBy('m.created_at', 'desc')
		.limit(most)
		.execute();
}
