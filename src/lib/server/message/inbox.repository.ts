import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A message in the demo's inbox. */
export interface InboxMessage {
	readonly messageId: string;
	readonly phone: string;
	readonly text: string;
	readonly at: Date;
	readonly locale: string;
}

export async function insertInboxMessage(
	trx: Trx,
	{ messageId, phone, text, at }: { messageId: string; phone: string; text: string; at: Date },
): Promise<void> {
	await trx
		.insertInto('inbox_message')
		.values({ outbox_message_id: messageId, phone, body: text, at })
		.onConflict((conflict) => conflict.column('outbox_message_id').doNothing())
		.execute();
}

/** The newest messages first. */
export async function listInboxMessages(db: DbOrTrx, most: number): Promise<InboxMessage[]> {
	return db
		.selectFrom('inbox_message as inbox')
		.innerJoin('outbox_message as outbox', 'outbox.id', 'inbox.outbox_message_id')
		.select(['outbox.id as messageId', 'inbox.phone', 'inbox.body as text', 'inbox.at', 'outbox.locale'])
		.orderBy('inbox.at', 'desc')
		.orderBy('inbox.id', 'desc')
		.limit(most)
		.execute();
}
