import { type RawBuilder, sql } from 'kysely';
import type { Db, DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import type { CoreFile } from '#lib/server/import/core-file.ts';

/** A refused line of the file that is being taken. */
export interface RefusedLine {
	readonly line: number;
	readonly reason: string;
}

/** Stands in the place of a row key where the whole file is missing that would have told of the account. */
const WHOLE_FILE = '*';

/** Which record a staged row `t` is about; a refused row says so itself. */
const IDENTITY: Readonly<Record<CoreFile['name'], { account: string; rowKey: string }>> = {
	'customers.csv': { account: 'null::text', rowKey: 't.id' },
	'accounts.csv': { account: 't.id', rowKey: 't.id' },
	'statements.csv': { account: 't.account_id', rowKey: 't.statement_date::text' },
	'postings.csv': { account: 't.account_id', rowKey: 't.id' },
};

/** Notes the refused rows of the stage. One that stands refused for the same reason already is not noted again. */
export async function noteRefusals(trx: Trx, file: CoreFile['name'], importRunId: string): Promise<void> {
	const { account, rowKey } = IDENTITY[file];
	await sql`
		create temporary table refused on commit drop as
		select t.line, t.reason, coalesce(t.row_key, ${sql.raw(rowKey)}) as row_key,
			coalesce(t.refused_account, ${sql.raw(account)}) as account_id
		from stage t where t.reason is not null`.execute(trx);
	await sql`create index on refused (line)`.execute(trx);
	await sql`
		insert into import_rejection (import_run_id, file, line, row_key, account_id, reason)
		select ${importRunId}, ${file}, r.line, r.row_key, r.account_id, r.reason
		from refused r
		where not exists (select from import_rejection i
			where i.file = ${file} and i.row_key = r.row_key and i.account_id is not distinct from r.account_id
				and i.reason = r.reason and i.mended_at is null)
		order by r.line`.execute(trx);
}

/** The refused lines after a line, in order, so many at most; after `noteRefusals`. */
export async function listRefusedAfter(trx: Trx, line: number, limit: number): Promise<RefusedLine[]> {
	const { rows } = await sql<RefusedLine>`
		select line, reason from refused where line > ${line} order by line limit ${limit}`.execute(trx);
	return rows;
}

/**
 * Marks as mended what was refused before and now stands in the file soundly: the same record, or, where the refused
 * row did not say which record it was, any of its account. A record with a refused row in this file is not mended.
 */
export async function mendRejections(trx: Trx, file: CoreFile['name']): Promise<void> {
	const { account, rowKey } = IDENTITY[file];
	const open = sql`i.file = ${file} and i.mended_at is null`;
	const ofStage = sql.raw(`coalesce(${account}, '')`);
	await sql`
		update import_rejection i set mended_at = now()
		where ${open} and i.row_key not in ('', ${WHOLE_FILE})
			and exists (select from stage t where t.reason is null
				and ${ofStage} = coalesce(i.account_id, '') and ${sql.raw(rowKey)} = i.row_key)
			and not exists (select from refused r
				where coalesce(r.account_id, '') = coalesce(i.account_id, '') and r.row_key = i.row_key)`.execute(trx);
	await sql`
		update import_rejection i set mended_at = now()
		where ${open} and i.row_key = '' and i.account_id is not null
			and exists (select from stage t where t.reason is null and ${ofStage} = i.account_id)
			and not exists (select from refused r where r.account_id = i.account_id)`.execute(trx);
	await sql`
		update import_rejection i set mended_at = now() where ${open} and i.row_key = ${WHOLE_FILE}`.execute(trx);
}

/** A file that was refused whole in a run, while the run's other files were loaded. */
export interface MissingFile {
	readonly importRunId: string;
	readonly file: 'statements.csv' | 'postings.csv';
	readonly line: number;
}

/**
 * Puts accounts under checking whose staged statements say something new while the run's postings are missing: what
 * the statements billed is then not there. To be called before the stage is merged.
 */
export async function doubtNewStatements(trx: Trx, missing: MissingFile): Promise<void> {
	await insertDoubts(
		trx,
		missing,
		sql`select distinct t.account_id
			from stage t left join statement g on g.account_id = t.account_id and g.statement_date = t.statement_date
			where t.reason is null and (g.account_id is null
				or (g.due_date, g.statement_balance, g.minimum_payment_due)
					is distinct from (t.due_date, t.statement_balance, t.minimum_payment_due))`,
	);
}

/** The same for accounts with postings newer than the mark, while the run's statements are missing. */
export async function doubtNewPostings(db: Db, missing: MissingFile, mark: number): Promise<void> {
	await insertDoubts(db, missing, sql`select distinct account_id from posting where seq > ${mark}`);
}

async function insertDoubts(db: DbOrTrx, missing: MissingFile, accounts: RawBuilder<unknown>): Promise<void> {
	const { importRunId, file, line } = missing;
	await sql`
		insert into import_rejection (import_run_id, file, line, row_key, account_id, reason)
		select ${importRunId}, ${file}, ${line}::integer, ${WHOLE_FILE}, a.account_id, 'the file was refused whole'
		from (${accounts}) a (account_id)
		where not exists (select from import_rejection i
			where i.file = ${file} and i.row_key = ${WHOLE_FILE} and i.account_id = a.account_id and i.mended_at is null)`.execute(
		db,
	);
}

/** The newest posting of all; 0 where there is none. */
export async function readPostingMark(db: Db): Promise<number> {
	const { rows } = await sql<{ mark: number }>`select last_value as mark from posting_seq_seq`.execute(db);
	return rows[0]?.mark ?? 0;
}
