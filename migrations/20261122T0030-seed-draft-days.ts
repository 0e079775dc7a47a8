import { type Kysely, sql } from 'kysely';

/** How long a draft is kept from its last change, until the bank writes its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		insert into setting (key, value) values ('draft', ${JSON.stringify({ keptDays: 30 })}::jsonb)
		on conflict (key) do nothing`.execute(db);
	// The sweep looks for old drafts every minute.
	await sql`create index application_draft_age on application (updated_at) where status = 'draft'`.execute(db);
}
