import { sql } from 'kysely';
import type { Db, Trx } from '#lib/server/db/connect.ts';

/** What the serving role may do with a table. */
type Privilege = 'select' | 'insert' | 'update' | 'delete';

const ADD_ONLY: readonly Privilege[] = ['select', 'insert'];
const ALL: readonly Privilege[] = ['select', 'insert', 'update', 'delete'];

/**
 * The tables with which the serving role may not do everything. What is a record of what happened is added to and never
 * changed; the schema's own history is the owner's.
 */
const LIMITED: Readonly<Record<string, readonly Privilege[]>> = {
	kysely_migration: ['select'],
	kysely_migration_lock: ['select'],
	application_move: ['select'],
	words_erasure: ['select'],
	product_name: ['select'],
	posting: ADD_ONLY,
	quote: ADD_ONLY,
	review_note: ADD_ONLY,
	support_deed: ADD_ONLY,
	review_taking: ADD_ONLY,
	decision: ADD_ONLY,
	second_review: ['select', 'insert', 'update'],
	objection: ['select', 'insert', 'update'],
	contact_log: ADD_ONLY,
	audit_log: ADD_ONLY,
	audit_seal: ADD_ONLY,
	agreement_document: ADD_ONLY,
	agreement_signature: ADD_ONLY,
	agreement_instalment: ADD_ONLY,
	agreement_event: ADD_ONLY,
};

/** What the serving role may do with the table, by its name. */
export function privilegesOn(table: string): readonly Privilege[] {
	return LIMITED[table] ?? ALL;
}

/**
 * Gives the role exactly what serving needs: rows, but no table of ours to make, empty or alter; and in the jobs' schema what
 * the queue does at run time. Nothing where it is the role that asks, the owner. Again is harmless.
 */
export async function grantServing(db: Db, role: string): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const { rows } = await sql<{ owner: string }>`select current_user as owner`.execute(trx);
		if (rows[0]?.owner === role) return;
		// Two processes that open the demo at once would change the same catalogue rows.
		await sql`select pg_advisory_xact_lock(hashtextextended('grants', 0))`.execute(trx);
		const grantee = sql.id(role);
		await sql`grant usage on schema public to ${grantee}`.execute(trx);
		await sql`grant usage, select on all sequences in schema public to ${grantee}`.execute(trx);
		// An import counts its postings on from the newest in the order of the file.
		await sql`grant update on sequence posting_seq_seq to ${grantee}`.execute(trx);
		for (const table of await listTables(trx)) {
			const privileges = sql.raw(privilegesOn(table).join(', '));
			await sql`revoke all on ${sql.table(table)} from ${grantee}`.execute(trx);
			await sql`grant ${privileges} on ${sql.table(table)} to ${grantee}`.execute(trx);
		}
		await sql`grant usage on schema pgboss to ${grantee}`.execute(trx);
		await sql`grant select, insert, update, delete on all tables in schema pgboss to ${grantee}`.execute(trx);
		await sql`grant usage, select on all sequences in schema pgboss to ${grantee}`.execute(trx);
		await sql`grant execute on all functions in schema pgboss to ${grantee}`.execute(trx);
	});
}

async function listTables(trx: Trx): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select tablename as name from pg_tables where schemaname = 'public' order by tablename`.execute(trx);
	return rows.map(({ name }) => name);
}
