import { sql } from 'kysely';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A row of the audit log as text, column by column: what its hash is taken over. */
export interface AuditText {
	readonly id: number;
	readonly text: string;
}

/** One link of the chain. */
export interface Seal {
	readonly number: number;
	readonly auditIds: readonly number[];
	readonly rowHashes: readonly Buffer[];
	readonly hash: Buffer;
}

/** The end of the chain; number 0 and no hash before the first seal. */
export interface Head {
	readonly number: number;
	readonly hash: Buffer;
}

// Every column, with the instant to the microsecond: JSON of PostgreSQL has one text for one value.
const ROW_TEXT = sql<string>`jsonb_build_array(l.id, to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
	l.actor_kind, l.actor_id, l.action, l.subject_kind, l.subject_id, l.cardholder_id, l.detail)::text`;

/** Takes the chain for this transaction; false where another process has it. */
export async function tryLockChain(trx: Trx): Promise<boolean> {
	const { rows } = await sql<{ taken: boolean }>`
		select pg_try_advisory_xact_lock(hashtextextended('audit chain', 0)) as taken`.execute(trx);
	return rows[0]?.taken ?? false;
}

/** Takes up to so many rows that wait to be sealed, the earliest first. */
export async function takeUnsealed(trx: Trx, most: number): Promise<AuditText[]> {
	const { rows } = await sql<AuditText>`
		with taken as (delete from audit_unsealed where audit_id in
			(select audit_id from audit_unsealed order by audit_id limit ${most}) returning audit_id)
		select l.id, ${ROW_TEXT} as text from audit_log l join taken t on t.audit_id = l.id order by l.id`.execute(trx);
	return rows;
}

/** The rows with these ids, by id; those that are gone are left out. */
export async function listAuditTexts(db: DbOrTrx, ids: readonly number[]): Promise<Map<number, string>> {
	const { rows } = await sql<AuditText>`
		select l.id, ${ROW_TEXT} as text from audit_log l where l.id = any(${[...ids]}::bigint[])`.execute(db);
	return new Map(rows.map(({ id, text }) => [id, text]));
}

export async function findHead(db: DbOrTrx): Promise<Head> {
	const row = await db.selectFrom('audit_head').select(['number', 'hash']).executeTakeFirst();
	return row ?? { number: 0, hash: Buffer.alloc(0) };
}

/** Writes a seal and moves the end of the chain to it. */
export async function insertSeal(trx: Trx, { number, auditIds, rowHashes, hash }: Seal, at: Date): Promise<void> {
	await sql`
		insert into audit_seal (number, audit_ids, row_hashes, hash, sealed_at)
		values (${number}, ${[...auditIds]}::bigint[], ${[...rowHashes]}::bytea[], ${hash}, ${at})`.execute(trx);
	await trx
		.insertInto('audit_head')
		.values({ number, hash })
		.onConflict((conflict) => conflict.column('is_head').doUpdateSet({ number, hash }))
		.execute();
}

/** The seals after a number, by number. */
export async function listSeals(db: DbOrTrx, after: number, limit: number): Promise<Seal[]> {
	const rows = await db
		.selectFrom('audit_seal')
		.select(['number', 'audit_ids', 'row_hashes as rowHashes', 'hash'])
		.where('number', '>', after)
		.orderBy('number')
		.limit(limit)
		.execute();
	// An array of bigints comes as text.
	return rows.map(({ audit_ids, ...seal }) => ({ ...seal, auditIds: audit_ids.map(Number) }));
}

/** Rows that neither stand in a seal nor wait for one, and rows that stand in more than one. */
export async function listStrayRows(db: DbOrTrx): Promise<{ id: number; fault: 'unsealed' | 'twice' }[]> {
	// Sets against sets: a join could be planned row by row, before the tables' sizes are known.
	const { rows } = await sql<{ id: number; fault: 'unsealed' | 'twice' }>`
		select id, 'unsealed' as fault from (
			select id from audit_log
			except (select unnest(audit_ids) from audit_seal union all select audit_id from audit_unsealed)
		) stray
		union all select id, 'twice' from (select unnest(audit_ids) as id from audit_seal) sealed
			group by id having count(*) > 1
		order by id`.execute(db);
	return rows;
}
