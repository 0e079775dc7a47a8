import { type Kysely, sql } from 'kysely';

/** The case page tells which way a message went: to whoever reviews, of whoever has sent an application. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create policy desk_reads on contact_log for select using ((select portal_who()) in ('agent', 'supervisor')
			and exists (select from application a where a.cardholder_id = contact_log.cardholder_id and a.status <> 'draft'));
	`.execute(db);
}
