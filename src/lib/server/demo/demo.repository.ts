import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connect.ts';

/** What the migrations put there stays: rules, products and policies are no part of the book. */
const KEPT = ['kysely_migration', 'kysely_migration_lock', 'policy', 'product', 'setting'];

/**
 * Empties the database of everything but its rules, the logs too, and returns where the files of the evidence lie. Only the
 * owner of the tables can: the logs let nobody else empty them.
 */
export async function emptyDatabase(db: Db): Promise<string[]> {
	return db.transaction().execute(async (trx) => {
		const { rows: tables } = await sql<{ name: string }>`
			select tablename as name from pg_tables
			where schemaname = 'public' and tablename <> all (${KEPT})`.execute(trx);
		const { rows: files } = await sql<{ key: string }>`
			select storage_key as key from evidence
			union all select thumbnail_key from evidence where thumbnail_key is not null`.execute(trx);
		const names = sql.join(tables.map(({ name }) => sql.table(name)));
		await sql`alter table audit_log disable trigger audit_log_never_emptied`.execute(trx);
		await sql`alter table audit_seal disable trigger audit_seal_never_emptied`.execute(trx);
		await sql`truncate ${names} restart identity`.execute(trx);
		await sql`alter table audit_log enable trigger audit_log_never_emptied`.execute(trx);
		await sql`alter table audit_seal enable trigger audit_seal_never_emptied`.execute(trx);
		await sql`alter sequence application_number restart`.execute(trx);
		await sql`alter sequence agreement_number restart`.execute(trx);
		return files.map(({ key }) => key);
	});
}
