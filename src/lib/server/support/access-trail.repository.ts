import { sql } from 'kysely';
import type { Day } from '#lib/domain/day.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** A link of a person, without anything it could be made from. */
export interface LinkTrail {
	readonly cardLast4: string;
	readonly createdBy: string;
	readonly staffName: string | null;
	readonly createdAt: Date;
	readonly expiresAt: Date;
	readonly revokedAt: Date | null;
	readonly openedCount: number;
	readonly firstOpenedAt: Date | null;
	readonly usedAt: Date | null;
}

/** The links of a person, the newest first. */
export async function listLinks(db: Db, cardholderId: string, most: number): Promise<LinkTrail[]> {
	return db
		.selectFrom('access_link as l')
		.innerJoin('account as a', 'a.id', 'l.account_id')
		.select((eb) => [
			'a.card_last4 as cardLast4',
			'l.created_by as createdBy',
			eb
				.selectFrom('staff as s')
				.select('s.name')
				.where(sql<boolean>`l.created_by = 'staff:' || s.id`)
				.as('staffName'),
			'l.created_at as createdAt',
			'l.expires_at as expiresAt',
			'l.revoked_at as revokedAt',
			'l.opened_count as openedCount',
			'l.first_opened_at as firstOpenedAt',
			'l.used_at as usedAt',
		])
		.where('l.cardholder_id', '=', cardholderId)
		.orderBy('l.created_at', 'desc')
		.limit(most)
		.execute();
}

/** A message that carried a link or a code, without either. */
export interface MessageTrail {
	readonly template: string;
	readonly status: 'queued' | 'handed_over' | 'failed' | 'dropped';
	readonly createdAt: Date;
	readonly notBefore: Date;
	readonly handedOverAt: Date | null;
}

/** The messages of a person that bear on getting in, the newest first. */
export async function listAccessMessages(db: Db, cardholderId: string, most: number): Promise<MessageTrail[]> {
	return db
		.selectFrom('outbox_message')
		.select(['template', 'status', 'created_at as createdAt', 'not_before as notBefore'])
		.select('handed_over_at as handedOverAt')
		.where('cardholder_id', '=', cardholderId)
		.where('template', 'in', ['reminder', 'link_resent', 'sign_in_code'])
		.orderBy('created_at', 'desc')
		.limit(most)
		.execute();
}

/** What a person, or somebody with their phone, did at the door, the newest first. */
export async function listDoorDeeds(
	db: Db,
	{ cardholderId, actions, most }: { cardholderId: string; actions: readonly string[]; most: number },
): Promise<{ action: string; at: Date }[]> {
	return db
		.selectFrom('audit_log')
		.select(['action', 'at'])
		.where('cardholder_id', '=', cardholderId)
		.where('action', 'in', actions)
		.orderBy('id', 'desc')
		.limit(most)
		.execute();
}

/**
 * How many links the staff sent for an account on a day of a zone, how many messages of ours the person had on a day of
 * their own, and when the last message with a link to the account went out.
 */
export async function countSent(
	db: Db,
	{
		accountId,
		cardholderId,
		bankDay,
		bankZone,
		ownDay,
	}: {
		accountId: string;
		cardholderId: string;
		bankDay: Day;
		bankZone: string;
		ownDay: Day;
	},
): Promise<{ resends: number; contacts: number; lastSentAt: Date | null }> {
	const links = await db
		.selectFrom('access_link')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('account_id', '=', accountId)
		.where('created_by', 'like', 'staff:%')
		.where(sql<Day>`(created_at at time zone ${bankZone})::date`, '=', bankDay)
		.executeTakeFirstOrThrow();
	const contacts = await db
		.selectFrom('contact_log')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('cardholder_id', '=', cardholderId)
		.where('contacted_on', '=', ownDay)
		.where('just_asked_for', '=', false)
		.executeTakeFirstOrThrow();
	const last = await db
		.selectFrom('outbox_message')
		.select(({ fn }) => fn.max('handed_over_at').as('at'))
		.where('account_id', '=', accountId)
		.where('template', 'in', ['reminder', 'link_resent'])
		.executeTakeFirstOrThrow();
	return { resends: links.count, contacts: contacts.count, lastSentAt: last.at };
}
