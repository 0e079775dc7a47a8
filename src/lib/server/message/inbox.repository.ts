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

/** With what the demo's visitor stands in for a message's recipient. */
export interface SignInHint {
	readonly messageId: string;
	readonly idLast4: string;
	readonly cardLast4: string | null;
}

export async function listSignInHints(db: DbOrTrx, messageIds: readonly string[]): Promise<SignInHint[]> {
	if (messageIds.length === 0) return [];
	return db
		.selectFrom('outbox_message as outbox')
		.innerJoin('cardholder', 'cardholder.id', 'outbox.cardholder_id')
		.leftJoin('account', 'account.id', 'outbox.account_id')
		.select(['outbox.id as messageId', 'cardholder.id_last4 as idLast4', 'account.card_last4 as cardLast4'])
		.where('outbox.id', 'in', [...messageIds])
		.execute();
}
