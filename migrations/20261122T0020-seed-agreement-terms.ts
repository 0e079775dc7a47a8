import { type Kysely, sql } from 'kysely';

/** What every agreement of the bank states beside its figures: the language whose version prevails. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		insert into setting (key, value) values ('agreement_terms', '{"bindingLocale": "zh-CN"}')
		on conflict (key) do nothing`.execute(db);
}
