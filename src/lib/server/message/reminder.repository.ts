import { sql } from 'kysely';
import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** What the database knows of an account that may be reminded. */
export interface ReminderRow {
	/** A hold stands. */
	readonly isOnHold: boolean;
	/** One waits for the bank's answer, or its holder has yet to answer the bank's. */
	readonly hasOpenApplication: boolean;
	/** One is kept, or waits to be signed. */
	readonly hasAgreement: boolean;
	readonly lastRemindedOn: Day | null;
	readonly contactsToday: number;
}

/**
 * Reads about one account: its applications, when its last reminder was queued, and how many messages that we started its
 * holder had today (a day of `timeZone`) or has on the way.
 */
export async function findReminderRow(
	db: DbOrTrx,
	{
		accountId,
		cardholderId,
		today,
		timeZone,
	}: { accountId: string; cardholderId: string; today: Day; timeZone: string },
): Promise<ReminderRow> {
	const { rows } = await sql<ReminderRow>`
		select
			exists (select from contact_hold
					where account_id = ${accountId} and ended_at is null and until >= ${today}) as "isOnHold",
			exists (select from application
					where account_id = ${accountId} and status in
					('submitted', 'in_review', 'more_requested', 'counter_offered'))
				as "hasOpenApplication",
			exists (select from agreement where account_id = ${accountId} and status in ('offered', 'active', 'missed'))
				as "hasAgreement",
			(select max((created_at at time zone ${timeZone})::date) from outbox_message
				where account_id = ${accountId} and template = 'reminder' and status in ('queued', 'handed_over'))
				as "lastRemindedOn",
			(select count(*) from outbox_message
				where cardholder_id = ${cardholderId} and status = 'queued' and not just_asked_for)
			+ (select count(*) from contact_log
				where cardholder_id = ${cardholderId} and contacted_on = ${today} and not just_asked_for)
				as "contactsToday"`.execute(db);
	const [row] = rows;
	if (!row) throw new Error('a query of one row had none');
	return row;
}
