import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAccountState } from '#lib/server/account/account-state.ts';
import { importFolder } from '#lib/server/import/import-folder.ts';
import { HEADERS, importFrom, makeFolder, putFiles } from '../support/core-files.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const GOOD = 'A1,P1,2025-03-01,purchase,1.00,';

async function ready(): Promise<string> {
	return makeFolder({
		customers: ['C1,林一,+8610000000001,123X,zh-CN'],
		accounts: ['A1,C1,1111,CNY,cn-standard,2025-01-01', 'A2,C1,1112,CNY,cn-standard,2025-01-01'],
	});
}

test.each<[string, string | Uint8Array, number]>([
	['is empty', '', 1],
	['lacks the column kind', `${HEADERS.postings.replace('kind', 'type')}\n${GOOD}\n`, 1],
	['has the column amount twice', `${HEADERS.postings},amount\n${GOOD},1.00\n`, 1],
	['is not CSV: a quote in a wrong place', '{"postings": []}\n', 1],
	['is not CSV: it holds NUL characters', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 10]), 1],
	[
		'is not UTF-8',
		new Uint8Array([...Buffer.from(`${HEADERS.postings}\nA1,P1,2025-03-01,purchase,1.00,`), 0xff, 10]),
		1,
	],
	['breaks off inside a quoted field', `${HEADERS.postings}\n${GOOD}\nA1,P2,2025-03-01,purchase,1.00,"Groc`, 3],
	['breaks off', `${HEADERS.postings}\n${GOOD}\nA1,P2,2025-03-01,purch`, 3],
	['breaks off', `${HEADERS.postings}\n${GOOD}\nA1,P2,2025-03-01,purchase\n`, 3],
	[
		'is not CSV: a quote in a wrong place',
		`${HEADERS.postings}\n${GOOD}\nA1,P2,2025-03-01,purchase,1.00,12" pipe"s\n`,
		3,
	],
])('a file that %s is refused whole', async (reason, content, line) => {
	const directory = await ready();
	await putFiles(directory, { raw: { 'postings.csv': content } });
	const { files, rejected } = await importFrom(database.db, directory);
	expect(files['postings.csv']).toEqual({ file: 'postings.csv', ok: false, line, reason });
	expect(rejected).toEqual([{ file: 'postings.csv', line: String(line), reason, row: '' }]);
	expect(files['accounts.csv']).toMatchObject({ ok: true });
	expect(await database.db.selectFrom('posting').selectAll().execute()).toEqual([]);
});

test('a file that breaks off in the middle of its last field is refused whole, and one that just lacks the last line end is not', async () => {
	const directory = await ready();
	const header = 'account_id,statement_date,due_date,statement_balance,minimum_payment_due';
	const row = 'A1,2025-03-05,2025-03-23,100.00,10.00';
	const statements = async (text: string) => {
		await putFiles(directory, { raw: { 'statements.csv': text } });
		return (await importFrom(database.db, directory)).files['statements.csv'];
	};
	expect(await statements(`${header}\n${row}\nA1,2025-04-05,2025-04-23,100.00,`)).toMatchObject({ ok: false, line: 3 });
	expect(await statements(`${header}\n${row}`)).toMatchObject({ ok: true, added: 1 });
});

test.each([
	['is not JSON in UTF-8', '[{"code":'],
	['is not a list of policies with codes', '{"code": "x"}'],
	['is not a list of policies with codes', '[{"codename": "x"}]'],
	['mine: effectiveOn is not a day', (policy: object) => [{ ...policy, effectiveOn: '2026-13-01' }]],
	['mine: graceDays not_a_count', (policy: object) => [{ ...policy, graceDays: -1 }]],
	[
		'mine from 2026-01-01: stands twice',
		(policy: object) => [1, 2].map(() => ({ ...policy, effectiveOn: '2026-01-01' })),
	],
] as const)('policies.json that %s is refused whole and by name', async (reason, content) => {
	const [standard] = JSON.parse(
		await readFile(new URL('../examples/policies.json', import.meta.url), 'utf8'),
	) as object[];
	const json = typeof content === 'string' ? content : JSON.stringify(content({ ...standard, code: 'mine' }));
	const { files } = await importFrom(database.db, await makeFolder({ raw: { 'policies.json': json } }));
	const named = reason.startsWith('mine: effectiveOn') ? reason.replace('mine', 'mine from 2026-13-01') : reason;
	expect(files['policies.json']).toMatchObject({ ok: false, reason: named });
	expect(await database.db.selectFrom('policy').selectAll().where('code', '=', 'mine').execute()).toEqual([]);
});

test('a policy that accounts follow changes by a new version only', async () => {
	const [standard] = JSON.parse(
		await readFile(new URL('../examples/policies.json', import.meta.url), 'utf8'),
	) as object[];
	const directory = await ready();
	await importFrom(database.db, directory);
	const take = async (...policies: object[]) => {
		await putFiles(directory, { raw: { 'policies.json': JSON.stringify(policies) } });
		return (await importFrom(database.db, directory)).files['policies.json'];
	};
	expect(await take({ ...standard, minimumPaymentRate: '0.1' })).toMatchObject({ ok: true, unchanged: 1 });
	expect(await take({ ...standard, code: 'other' }, { ...standard, graceDays: 5 })).toMatchObject({ ok: false });
	expect(await database.db.selectFrom('policy').selectAll().where('code', '=', 'other').execute()).toEqual([]);
	const later = { ...standard, graceDays: 5, effectiveOn: '2026-01-01' };
	expect(await take(later)).toMatchObject({ ok: true, added: 1 });
	expect(await take({ ...standard, code: 'nobody' }, later)).toMatchObject({ added: 1, unchanged: 1 });
	expect(await take({ ...standard, code: 'nobody', graceDays: 5 })).toMatchObject({ ok: true, changed: 1 });
});

test('new statements whose postings were refused whole put their accounts under checking, until the postings come', async () => {
	const directory = await ready();
	await putFiles(directory, {
		statements: ['A1,2025-06-05,2025-06-23,100.00,10.00'],
		raw: { 'postings.csv': 'broken' },
	});
	await importFrom(database.db, directory);
	expect(await findAccountState(database.db, 'A1')).toMatchObject({ beingChecked: true });
	expect(await findAccountState(database.db, 'A2')).toMatchObject({ beingChecked: false });
	await putFiles(directory, { postings: [GOOD] });
	await importFrom(database.db, directory);
	expect(await findAccountState(database.db, 'A1')).toMatchObject({ beingChecked: false });

	await putFiles(directory, { postings: ['A2,P2,2025-06-01,fee,1.00,'], raw: { 'statements.csv': 'broken' } });
	await importFrom(database.db, directory);
	expect(await findAccountState(database.db, 'A1')).toMatchObject({ beingChecked: false });
	expect(await findAccountState(database.db, 'A2')).toMatchObject({ beingChecked: true });
	await rm(join(directory, 'postings.csv'));
	await putFiles(directory, { statements: [] });
	await importFrom(database.db, directory);
	expect(await findAccountState(database.db, 'A2')).toMatchObject({ beingChecked: false });
});

test('a folder that is not there, or holds nothing of the core, is refused', async () => {
	const actor = { kind: 'command', id: null } as const;
	const empty = await makeFolder({ raw: { 'notes.txt': 'x' } });
	expect(await importFolder(database.db, { directory: empty, actor })).toEqual({
		ok: false,
		refusal: 'nothing_to_import',
	});
	const missing = join(empty, 'missing');
	expect(await importFolder(database.db, { directory: missing, actor })).toEqual({
		ok: false,
		refusal: 'no_such_folder',
	});
});
