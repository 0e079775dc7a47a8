import { sql } from 'kysely';
import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import type { MessageTemplate } from '#lib/server/message/template.ts';

/** A message that waits in the outbox, with what its hand-over needs to know of its recipient. */
export interface WaitingMessage {
	readonly id: string;
	readonly template: MessageTemplate;
	readonly locale: string;
	readonly justAskedFor: boolean;
	readonly attempts: number;
	/** The recipient's day on which it was tried by push. */
	readonly pushedOn: Day | null;
	readonly notBefore: Date;
	readonly createdAt: Date;
	readonly cardholderId: string;
	readonly accessLinkId: string | null;
	readonly challengeId: string | null;
	readonly confirmationId: string | null;
	readonly applicationId: string | null;
	readonly accountId: string | null;
	readonly name: string;
	readonly phone: string;
	readonly timeZone: string | null;
	readonly cardLast4: string | null;
}

/** Locks a message that is still to go; undefined where it has gone, or where another job has it in hand. */
export async function lockWaitingMessage(trx: Trx, messageId: string): Promise<WaitingMessage | undefined> {
	const locked = await trx
		.selectFrom('outbox_message')
		.select('id')
		.where('id', '=', messageId)
		.where('status', '=', 'queued')
		.forUpdate()
		.skipLocked()
		.executeTakeFirst();
	return locked && waitingMessages(trx).where('message.id', '=', messageId).executeTakeFirstOrThrow();
}

/** Locks a message that was tried by push and has not gone; whoever hands it over meanwhile is waited for. */
export async function lockPushedMessage(
	trx: Trx,
	messageId: string,
): Promise<(WaitingMessage & { readonly pushedOn: Day }) | undefined> {
	const locked = await trx
		.selectFrom('outbox_message')
		.select(['id', 'pushed_on as pushedOn'])
		.where('id', '=', messageId)
		.where('status', '=', 'queued')
		.forUpdate()
		.executeTakeFirst();
	if (!locked || locked.pushedOn === null) return undefined;
	const message = await waitingMessages(trx).where('message.id', '=', messageId).executeTakeFirstOrThrow();
	return { ...message, pushedOn: locked.pushedOn };
}

/** Messages that still wait, the newest first. */
export async function listWaitingMessages(db: DbOrTrx, most: number): Promise<WaitingMessage[]> {
	return waitingMessages(db)
		.where('message.status', '=', 'queued')
		.orderBy('message.created_at', 'desc')
		.limit(most)
		.execute();
}

function waitingMessages(db: DbOrTrx) {
	return db
		.selectFrom('outbox_message as message')
		.innerJoin('cardholder', 'cardholder.id', 'message.cardholder_id')
		.leftJoin('account', 'account.id', 'message.account_id')
		.leftJoin('number_change', 'number_change.id', 'message.number_change_id')
		.select((eb) => [
			'message.id',
			sql<MessageTemplate>`message.template`.as('template'),
			'message.locale',
			'message.just_asked_for as justAskedFor',
			'message.attempts',
			'message.pushed_on as pushedOn',
			'message.not_before as notBefore',
			'message.created_at as createdAt',
			'message.cardholder_id as cardholderId',
			'message.access_link_id as accessLinkId',
			'message.challenge_id as challengeId',
			'message.confirmation_id as confirmationId',
			'message.application_id as applicationId',
			'message.account_id as accountId',
			'cardholder.name',
			// What tells of a changed number goes to the one that was replaced.
			eb.fn.coalesce('number_change.old_phone', 'cardholder.phone').as('phone'),
			'cardholder.time_zone as timeZone',
			'account.card_last4 as cardLast4',
		]);
}

/** Makes those who count a person's contacts wait for each other, so that two messages at once do not both pass the cap. */
export async function lockContacts(trx: Trx, cardholderId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`contact:${cardholderId}`}, 0))`.execute(trx);
}

/**
 * How many contacts of ours a person had on a day, without what they asked for themselves; a push of which nothing is heard yet
 * is one. The message itself is left out: its push and its SMS are one contact.
 */
export async function countContacts(
	trx: DbOrTrx,
	{ id, cardholderId }: Pick<WaitingMessage, 'id' | 'cardholderId'>,
	day: Day,
): Promise<number> {
	const logged = await trx
		.selectFrom('contact_log')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('cardholder_id', '=', cardholderId)
		.where('contacted_on', '=', day)
		.where('just_asked_for', '=', false)
		.executeTakeFirstOrThrow();
	const pushed = await trx
		.selectFrom('outbox_message')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('cardholder_id', '=', cardholderId)
		.where('status', '=', 'queued')
		.where('pushed_on', '=', day)
		.where('id', '<>', id)
		.executeTakeFirstOrThrow();
	return logged.count + pushed.count;
}

/** Notes that a message is tried by push, so that its SMS waits. */
export async function recordPushed(
	trx: Trx,
	messageId: string,
	{ day, until }: { day: Day; until: Date },
): Promise<void> {
	await trx
		.updateTable('outbox_message')
		.set({ pushed_on: day, not_before: until })
		.where('id', '=', messageId)
		.execute();
}

export async function postponeMessage(trx: Trx, messageId: string, notBefore: Date): Promise<void> {
	await trx.updateTable('outbox_message').set({ not_before: notBefore }).where('id', '=', messageId).execute();
}

/** Notes a contact in the log and the message as gone, in one go. */
export async function recordHandOver(
	trx: Trx,
	message: WaitingMessage,
	{ at, day, channel }: { at: Date; day: Day; channel: 'sms' | 'push' },
): Promise<void> {
	await trx
		.insertInto('contact_log')
		.values({
			outbox_message_id: message.id,
			cardholder_id: message.cardholderId,
			channel,
			template: message.template,
			just_asked_for: message.justAskedFor,
			contacted_on: day,
			at,
		})
		.execute();
	await trx
		.updateTable('outbox_message')
		.set({ status: 'handed_over', handed_over_at: at, attempts: message.attempts + 1, failure: null })
		.where('id', '=', message.id)
		.execute();
}

export async function recordFailure(
	trx: Trx,
	message: WaitingMessage,
	{ status, failure }: { status: 'queued' | 'failed' | 'dropped'; failure: string },
): Promise<void> {
	await trx
		.updateTable('outbox_message')
		.set({ status, failure, attempts: message.attempts + 1 })
		.where('id', '=', message.id)
		.execute();
}

/** The ids of messages whose time has come and which no job has taken since an instant. */
export async function listDueMessages(
	db: DbOrTrx,
	due: Date,
	most: number,
): Promise<{ id: string; justAskedFor: boolean }[]> {
	return db
		.selectFrom('outbox_message')
		.select(['id', 'just_asked_for as justAskedFor'])
		.where('status', '=', 'queued')
		.where('not_before', '<=', due)
		.orderBy('not_before')
		.limit(most)
		.execute();
}
