import { type Kysely, sql } from 'kysely';

/**
 * The case page tells how the cardholder was reached and how earlier plans were kept: to whoever reviews, of whoever has sent an
 * application. A note says what it was left for; those from before do not.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table review_note add column left_for text
			check (left_for in ('put_back', 'sent_back', 'referred', 'reminders_held', 'more_asked'));

		create policy desk_reads on access_link for select using ((select portal_who()) in ('agent', 'supervisor')
			and exists (select from application a where a.cardholder_id = access_link.cardholder_id and a.status <> 'draft'));
		create policy agent_reads on agreement_instalment for select using ((select portal_who()) = 'agent');

		create index contact_hold_cardholder on contact_hold (cardholder_id, at);
	`.execute(db);
}
