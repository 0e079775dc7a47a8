import type { Day } from '#lib/domain/day.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** How many messages of ours a person had on a day of their own, without those that they had just asked for. */
export async function countContacts(db: Db, cardholderId: string, ownDay: Day): Promise<number> {
	const contacts = await db
		.selectFrom('contact_log')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('cardholder_id', '=', cardholderId)
		.where('contacted_on', '=', ownDay)
		.where('just_asked_for', '=', false)
		.executeTakeFirstOrThrow();
	return contacts.count;
}

/** When the last message with a link to an account went out. */
export async function findLastLinkSent(db: Db, accountId: string): Promise<Date | null> {
	const last = await db
		.selectFrom('outbox_message')
		.select(({ fn }) => fn.max('handed_over_at').as('at'))
		.where('account_id', '=', accountId)
		.where('template', 'in', ['reminder', 'link_resent'])
		.executeTakeFirstOrThrow();
	return last.at;
}

/** When the newest message to a person that is over was given up; null where it went out. */
export async function findLastFailure(db: Db, cardholderId: string): Promise<Date | null> {
	const newest = await db
		.selectFrom('outbox_message')
		.select(['status', 'created_at as at'])
		.where('cardholder_id', '=', cardholderId)
		.where('status', 'in', ['handed_over', 'failed'])
		.orderBy('created_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return newest?.status === 'failed' ? newest.at : null;
}
