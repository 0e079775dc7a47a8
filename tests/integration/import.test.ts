import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAccountState } from '#lib/server/account/account-state.ts';
import { runOverAccounts } from '#lib/server/account/run-over-accounts.ts';
import { HEADERS, importFrom, makeFolder, putFiles } from '../support/core-files.ts';
import { useDatabase } from '../support/database.ts';

const BOOKS = new URL('../examples/books/', import.meta.url);
const database = useDatabase();

async function books(): Promise<string> {
	const names = ['policies.json', 'customers.csv', 'accounts.csv', 'statements.csv', 'postings.csv'];
	const read = await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, BOOKS))] as const));
	return makeFolder({ raw: Object.fromEntries(read) });
}

async function owedByAll(asOf: string): Promise<string> {
	const to = new PassThrough();
	const written = text(to);
	await runOverAccounts({
		connectionString: database.connectionString,
		job: { kind: 'owed', asOf },
		to,
		onBeingChecked: ({ accountId }) => expect.unreachable(accountId),
	});
	to.end();
	return written;
}

test('an export of a core banking system holds to the fen, imported once or twice', async () => {
	const directory = await books();
	const expected = await readFile(new URL('expected.csv', BOOKS), 'utf8');
	const first = await importFrom(database.db, directory);
	expect(first.rejected).toEqual([]);
	expect(first.files['postings.csv']).toMatchObject({ ok: true, rows: 1527, added: 1527 });
	expect(await owedByAll('2026-11-20')).toBe(expected);
	const again = await importFrom(database.db, directory);
	for (const [name, report] of Object.entries(again.files)) {
		expect(report, name).toMatchObject({ ok: true, added: 0, changed: 0, refused: 0 });
	}
	expect(await owedByAll('2026-11-20')).toBe(expected);
});

test('a run is recorded with its counts, and stands in the audit log', async () => {
	const directory = await makeFolder({ customers: ['C1,林一,+8610000000001,123X,zh-CN', 'C2,Two,12,1234,en'] });
	const { importRunId } = await importFrom(database.db, directory);
	const run = await database.db
		.selectFrom('import_run')
		.selectAll()
		.where('id', '=', importRunId)
		.executeTakeFirstOrThrow();
	expect(run).toMatchObject({ outcome: 'loaded', counts: { 'customers.csv': { rows: 2, added: 1, refused: 1 } } });
	expect(run.finished_at).not.toBeNull();
	const audit = await database.db.selectFrom('audit_log').selectAll().where('subject_id', '=', importRunId).execute();
	expect(audit).toMatchObject([{ action: 'import.finished', actor_kind: 'command', detail: { refusedRows: 1 } }]);
});

test('a changed row updates, a posting never changes', async () => {
	const directory = await makeFolder({
		customers: ['C3,Ann,+8610000000003,1234,en'],
		accounts: ['A3,C3,1111,CNY,cn-standard,2025-01-01'],
		statements: ['A3,2025-03-05,2025-03-23,100.00,10.00'],
		postings: ['A3,P1,2025-02-20,purchase,100.00,Groceries'],
	});
	await importFrom(database.db, directory);
	await putFiles(directory, {
		customers: ['C3,Ann Lee,+8610000000033,1234,en'],
		accounts: ['A3,C3,2222,CNY,cn-standard,2025-01-01'],
		statements: ['A3,2025-03-05,2025-03-24,100.00,12.00'],
		postings: ['A3,P1,2025-02-20,purchase,100.01,Groceries'],
	});
	const { files, rejected } = await importFrom(database.db, directory);
	for (const name of ['customers.csv', 'accounts.csv', 'statements.csv']) {
		expect(files[name], name).toMatchObject({ added: 0, changed: 1, unchanged: 0 });
	}
	expect(rejected.map(({ reason }) => reason)).toEqual(['posting is known with other content']);
	const person = await database.db.selectFrom('cardholder').selectAll().where('id', '=', 'C3').executeTakeFirst();
	expect(person).toMatchObject({ name: 'Ann Lee', phone: '+8610000000033' });
	const { amount } = await database.db
		.selectFrom('posting')
		.select('amount')
		.where('account_id', '=', 'A3')
		.executeTakeFirstOrThrow();
	expect(amount).toBe(10_000);
});

test('postings keep the order of the file, over several files too', async () => {
	const directory = await makeFolder({
		customers: ['C4,Ann,+8610000000004,1234,en'],
		accounts: ['A4,C4,1111,CNY,cn-standard,2025-01-01'],
		postings: ['A4,Z,2025-02-20,payment,2.00,', 'A4,A,2025-02-20,purchase,1.00,'],
	});
	await importFrom(database.db, directory);
	const before = await findAccountState(database.db, 'A4');
	await putFiles(directory, { postings: ['A4,M,2025-02-20,refund,3.00,', 'A4,B,2025-02-20,fee,4.00,'] });
	await importFrom(database.db, directory);
	const state = await findAccountState(database.db, 'A4');
	if (!state || state.beingChecked) throw new Error('A4 is sound');
	expect(state.history.postings.map(({ kind }) => kind)).toEqual(['payment', 'purchase', 'refund', 'fee']);
	expect(state.postingMark).toBeGreaterThan(before?.postingMark ?? Infinity);
});

test('columns may stand in any order with others between them, fields may be quoted, a byte order mark is passed over', async () => {
	const directory = await makeFolder({
		raw: {
			'customers.csv':
				'\uFEFFlocale,time_zone,"name",note,id_last4,phone,customer_id\n' +
				'en,Europe/London,"Lee, ""Ann""\nof Leeds",x,1234,+8610000000005,C5\n\n' +
				'zh-CN,,王五,,1234,+8610000000006,C6\n',
		},
	});
	const { files } = await importFrom(database.db, directory);
	expect(files['customers.csv']).toMatchObject({ ok: true, added: 2 });
	const people = await database.db.selectFrom('cardholder').selectAll().where('id', 'in', ['C5', 'C6']).execute();
	expect(people).toMatchObject([
		{ name: 'Lee, "Ann"\nof Leeds', time_zone: 'Europe/London' },
		{ name: '王五', time_zone: null },
	]);
	// Without the column nothing is said of zones, so what is known stays.
	await putFiles(directory, { customers: ['C5,Ann Lee,+8610000000005,1234,en'] });
	await importFrom(database.db, directory);
	const ann = await database.db.selectFrom('cardholder').selectAll().where('id', '=', 'C5').executeTakeFirst();
	expect(ann).toMatchObject({ name: 'Ann Lee', time_zone: 'Europe/London' });
});

test('an amount has the digits of its own currency', async () => {
	const directory = await makeFolder({
		customers: ['C7,Ann,+8610000000007,1234,en'],
		accounts: ['A7,C7,1111,JPY,cn-standard,2025-01-01', 'A8,C7,1112,KWD,cn-standard,2025-01-01'],
		statements: ['A7,2025-03-05,2025-03-23,1200,120', 'A8,2025-03-05,2025-03-23,-1.250,0.000'],
		postings: ['A7,P1,2025-02-20,purchase,1200,', 'A8,P1,2025-02-20,payment,1.250,'],
	});
	const { rejected } = await importFrom(database.db, directory);
	expect(rejected).toEqual([]);
	const rows = await database.db
		.selectFrom('posting')
		.select('amount')
		.where('account_id', 'in', ['A7', 'A8'])
		.execute();
	expect(rows.map(({ amount }) => amount)).toEqual([1200, 1250]);
});

test('a file that has only its header changes nothing', async () => {
	const directory = await makeFolder({ raw: { 'postings.csv': HEADERS.postings } });
	const { files } = await importFrom(database.db, directory);
	expect(files['postings.csv']).toMatchObject({ ok: true, rows: 0 });
	expect(await readFile(join(directory, 'rejected.csv'), 'utf8')).toBe('file,line,reason,row\r\n');
});

test("a number changed by support stands until the core's own row says another", async () => {
	const row = (phone: string, name = '林一') => `C-changed,${name},${phone},123X,zh-CN`;
	const directory = await makeFolder({ customers: [row('+8613700000001')] });
	await importFrom(database.db, directory);
	await database.db
		.updateTable('cardholder')
		.set({ phone: '+8613700000002', core_phone: '+8613700000001' })
		.where('id', '=', 'C-changed')
		.execute();
	const importAgain = async (line: string) => {
		await putFiles(directory, { customers: [line] });
		const { files } = await importFrom(database.db, directory);
		const { name, phone } = await database.db
			.selectFrom('cardholder')
			.select(['name', 'phone'])
			.where('id', '=', 'C-changed')
			.executeTakeFirstOrThrow();
		const report = files['customers.csv'];
		return { changed: report?.ok ? report.changed : undefined, name, phone };
	};
	const stands = { name: '林一', phone: '+8613700000002' };
	expect(await importAgain(row('+8613700000001'))).toEqual({ changed: 0, ...stands });
	// Another column of the row changes: the number stands all the same.
	expect(await importAgain(row('+8613700000001', '林一一'))).toEqual({ changed: 1, ...stands, name: '林一一' });
	expect(await importAgain(row('+8613700000003'))).toEqual({ changed: 1, name: '林一', phone: '+8613700000003' });
	// From then on the core's number is the only one there is.
	expect(await importAgain(row('+8613700000003'))).toEqual({ changed: 0, name: '林一', phone: '+8613700000003' });
	expect(await importAgain(row('+8613700000001'))).toEqual({ changed: 1, name: '林一', phone: '+8613700000001' });
});
