import { type Kysely, sql } from 'kysely';

/** When a cardholder signed out everywhere: a copy of what they owe that a device saw before that is to go (browser/debt-copy). */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table passkey_holder add column copies_ended_at timestamptz`.execute(db);
}
