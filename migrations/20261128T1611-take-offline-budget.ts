import { type Kysely, sql } from 'kysely';

/** What was typed without a network and has arrived, by the id that the device gave it: sent once more, it changes nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table offline_sending (
			cardholder_id text not null references cardholder (id),
			id uuid not null,
			taken_at timestamptz not null,
			primary key (cardholder_id, id)
		);
		create index offline_sending_taken on offline_sending (taken_at);
		alter table offline_sending enable row level security;
		create policy system on offline_sending using ((select portal_who()) = 'system')
			with check ((select portal_who()) = 'system');
		create policy own_select on offline_sending for select
			using ((select portal_who()) = 'cardholder' and cardholder_id = (select portal_person()));
		create policy own_insert on offline_sending for insert
			with check ((select portal_who()) = 'cardholder' and cardholder_id = (select portal_person()));
	`.execute(db);
}
