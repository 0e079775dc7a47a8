import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { sealAudit } from '#lib/server/audit/seal-audit.ts';
import { readAuditHead, verifyAudit } from '#lib/server/audit/verify-audit.ts';
import { useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const ROWS = 100_000;

beforeAll(async () => {
	useEnv();
	await write(ROWS);
	await sealAudit(database.db);
}, 120_000);

/** Writes so many rows of the audit log, each different. */
async function write(rows: number): Promise<void> {
	await sql`insert into audit_log (actor_kind, action, subject_kind, subject_id, detail)
		select 'system', 'test.done', 'test', n::text, jsonb_build_object('n', n) from generate_series(1, ${rows}::int) n`.execute(
		database.db,
	);
}

/** Changes what only the owner of the tables could, past every trigger, and undoes it once the faults are known. */
async function faultsAfter(...changes: string[]): Promise<string[]> {
	const found: string[] = [];
	await database.owner
		.transaction()
		.execute(async (trx) => {
			for (const table of ['audit_log', 'audit_seal']) {
				await sql`alter table ${sql.table(table)} disable trigger user`.execute(trx);
			}
			for (const change of changes) await sql.raw(change).execute(trx);
			for await (const { fault, record } of verifyAudit(trx)) found.push(`${fault}: ${record}`);
			throw new Undone();
		})
		.catch((error: unknown) => {
			if (!(error instanceof Undone)) throw error;
		});
	return found;
}

class Undone extends Error {}

test('a log that nobody touched has no fault', async () => {
	expect(await faultsAfter()).toEqual([]);
});

test('every edit, deletion, swap and insertion in 100,000 rows is found, row by row', async () => {
	const columns = ['actor_kind', 'actor_id', 'action', 'subject_kind', 'subject_id', 'cardholder_id'];
	const edits = columns.map((column, n) => `update audit_log set ${column} = 'staff' where id = ${String(n + 11)}`);
	const found = await faultsAfter(
		...edits,
		`update audit_log set at = at + interval '1 microsecond' where id = 21`,
		`update audit_log set detail = '{"n": 5}' where id = 22`,
		'delete from audit_log where id = 50000',
		`update audit_log l set subject_id = o.subject_id from audit_log o where (l.id, o.id) in ((60001, 60002), (60002, 60001))`,
		`insert into audit_log (actor_kind, action, subject_kind, subject_id) values ('system', 'test.forged', 'test', 'x')`,
	);
	const changed = [11, 12, 13, 14, 15, 16, 21, 22].map((id) => `row_changed: audit row ${String(id)}`);
	expect(found).toEqual([
		...changed,
		'row_gone: audit row 50000',
		'row_changed: audit row 60001',
		'row_changed: audit row 60002',
		expect.stringMatching(/^row_unsealed: audit row \d+$/),
	]);
});

test('a log cut short is found, with its seals or without', async () => {
	const rowsOnly = await faultsAfter(`delete from audit_log where id > ${String(ROWS - 10)}`);
	expect(rowsOnly).toHaveLength(10);
	const last = String(Math.ceil(ROWS / 1_000));
	const withSeals = await faultsAfter(
		`delete from audit_log where id = any (select unnest(audit_ids) from audit_seal where number = ${last})`,
		`delete from audit_seal where number = ${last}`,
	);
	expect(withSeals).toEqual([`chain_cut: audit chain after link ${String(Number(last) - 1)}`]);
});

test('a link that was changed, taken out or put in breaks the chain there', async () => {
	expect(await faultsAfter('update audit_seal set row_hashes[3] = row_hashes[4] where number = 7')).toEqual([
		'link_broken: link 7 of the audit chain',
		'row_changed: audit row 6003',
	]);
	expect(await faultsAfter('update audit_seal set number = number + 1000 where number >= 90')).toEqual(
		expect.arrayContaining(['link_broken: link 1090 of the audit chain']),
	);
});

test('an end that was written down elsewhere shows a chain that was made anew', async () => {
	const anchor = await readAuditHead(database.db);
	await write(5);
	expect(await sealAudit(database.db)).toBe(5);
	const faults = async (end: typeof anchor) =>
		(await Array.fromAsync(verifyAudit(database.db, end))).map(({ fault }) => fault);
	expect(await faults(anchor)).toEqual([]);
	expect(await faults({ ...anchor, hash: Buffer.alloc(32, 1) })).toEqual(['anchor_lost']);
});

test('of many processes that seal at once each row is sealed once, and what is still being done is sealed later', async () => {
	await database.db.transaction().execute(async (trx) => {
		await sql`insert into audit_log (actor_kind, action, subject_kind, subject_id) values ('system', 'test.slow', 'test', '1')`.execute(
			trx,
		);
		await write(3_000);
		const sealed = await Promise.all(Array.from({ length: 4 }, () => sealAudit(database.db)));
		expect(sealed.reduce((sum, count) => sum + count, 0)).toBe(3_000);
	});
	expect(await sealAudit(database.db)).toBe(1);
	expect(await Array.fromAsync(verifyAudit(database.db))).toEqual([]);
});
