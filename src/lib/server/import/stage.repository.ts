import { type RawBuilder, sql } from 'kysely';
import { currencyOf } from '#lib/domain/money.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { copyIn } from '#lib/server/db/copy-in.ts';
import { STAGED_TYPES, type StagedColumn } from '#lib/server/import/core-file.ts';

/** Names the import among the database's locks. */
const LOCK = 7_236_002;

/** One import at a time changes the accounts: another waits until this one is through. */
export async function oneImportAtATime<T>(db: Db, run: () => Promise<T>): Promise<T> {
	return db.connection().execute(async (connection) => {
		await sql`select pg_advisory_lock(${LOCK})`.execute(connection);
		try {
			return await run();
		} finally {
			await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
		}
	});
}

/**
 * Loads rows into a table of this transaction's own, `stage`, and returns how many there were. A row that is refused has
 * a reason; only it has a row key and an account of its own, since the others have their columns.
 */
export async function fillStage(
	trx: Trx,
	columns: readonly StagedColumn[],
	source: AsyncIterable<Buffer>,
): Promise<number> {
	// Joins of whole files: what does not fit is spilled to disk by the server.
	await sql`set local work_mem = '64MB'`.execute(trx);
	const definitions = columns.map((column) => `${column} ${STAGED_TYPES[column]}`).join(', ');
	await sql`
		create temporary table stage (
			line integer not null, reason text, row_key text, refused_account text, ${sql.raw(definitions)}
		) on commit drop`.execute(trx);
	await createCurrencyTable(trx);
	const names = ['line', 'reason', 'row_key', 'refused_account', ...columns].join(', ');
	const count = await copyIn(trx, `copy stage (${names}) from stdin`, source);
	await sql`analyze stage`.execute(trx);
	return count;
}

/** How many digits each currency has: checks of decimals join it, for the runtime's currency data is not in the database. */
async function createCurrencyTable(trx: Trx): Promise<void> {
	const codes = Intl.supportedValuesOf('currency');
	const digits = codes.map((code) => currencyOf(code).digits);
	await sql`
		create temporary table currency on commit drop as
		select code, digits from unnest(${codes}::text[], ${digits}::smallint[]) as c (code, digits)`.execute(trx);
}

/**
 * Refuses staged rows that only the database can judge. `query` selects line and reason. Returns how many.
 */
export async function refuseStaged(trx: Trx, query: RawBuilder<unknown>): Promise<number> {
	await sql`create temporary table refused_line on commit drop as ${query}`.execute(trx);
	const { numAffectedRows = 0n } = await sql`
		update stage s set reason = r.reason from refused_line r (line, reason)
		where s.line = r.line and s.reason is null`.execute(trx);
	await sql`drop table refused_line`.execute(trx);
	return Number(numAffectedRows);
}

/** How many staged rows stand, and how many are refused. */
export async function countStage(trx: Trx): Promise<{ sound: number; refused: number }> {
	const { rows } = await sql<{ sound: number; refused: number }>`
		select count(*) filter (where reason is null) as sound, count(reason) as refused from stage`.execute(trx);
	return rows[0] ?? { sound: 0, refused: 0 };
}
