import { beforeAll, expect, test } from 'vitest';
import { findAccountState } from '#lib/server/account/account-state.ts';
import { importFrom, makeFolder, putFiles } from '../support/core-files.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

const CUSTOMER = 'C1,林一,+8610000000001,123X,zh-CN';
const ACCOUNT = 'A1,C1,1111,CNY,cn-standard,2025-01-01';

beforeAll(async () => {
	const directory = await makeFolder({ customers: [CUSTOMER], accounts: [ACCOUNT] });
	await importFrom(database.db, directory);
});

test.each([
	[
		'customers',
		'C9,Nine,+8610000000009,1234,en',
		[
			['phone is not E.164', 'C8,Eight,13800000000,1234,en'],
			['phone is not E.164', 'C8,Eight,+861,1234,en'],
			['customer_id is not an id', ',Eight,+8610000000008,1234,en'],
			['name is empty or too long', 'C8, ,+8610000000008,1234,en'],
			['id_last4 is not the end of an ID number', 'C8,Eight,+8610000000008,12,en'],
			['locale is not a language tag', 'C8,Eight,+8610000000008,1234,no tag'],
		],
	],
	[
		'accounts',
		'A9,C1,1111,CNY,cn-standard,2025-01-01',
		[
			['unknown customer', 'A8,C404,1111,CNY,cn-standard,2025-01-01'],
			['card_last4 is not four digits', 'A8,C1,111,CNY,cn-standard,2025-01-01'],
			['unknown currency', 'A8,C1,1111,RMB,cn-standard,2025-01-01'],
			['policy is not a code', 'A8,C1,1111,CNY,,2025-01-01'],
			['opened_on is not a day', 'A8,C1,1111,CNY,cn-standard,2025-02-29'],
		],
	],
	[
		'statements',
		'A1,2025-04-05,2025-04-23,100.00,10.00',
		[
			['unknown account', 'A404,2025-03-05,2025-03-23,100.00,10.00'],
			['statement_date is not a day', 'A1,2025-3-5,2025-03-23,100.00,10.00'],
			['due_date is not a day', 'A1,2025-03-05,23.03.2025,100.00,10.00'],
			['due_date is before statement_date', 'A1,2025-03-05,2025-03-04,100.00,10.00'],
			['statement_balance is not a decimal', 'A1,2025-03-05,2025-03-23,"1,00.00",10.00'],
			['minimum_payment_due is not a decimal', 'A1,2025-03-05,2025-03-23,100.00,'],
			['minimum_payment_due is below nought', 'A1,2025-03-05,2025-03-23,100.00,-10.00'],
			['amounts with different decimals', 'A1,2025-03-05,2025-03-23,100.00,10.0'],
			['amounts need 2 decimals', 'A1,2025-03-05,2025-03-23,100,10'],
			['statement before the account was opened', 'A1,2024-03-05,2024-03-23,100.00,10.00'],
			['has 4 fields, not 5', 'A1,2025-03-05,2025-03-23,100.00'],
		],
	],
	[
		'postings',
		'A1,P9,2025-03-01,purchase,1.00,',
		[
			['unknown account', 'A404,P1,2025-03-01,purchase,1.00,'],
			['account_id is not an id', ',P1,2025-03-01,purchase,1.00,'],
			['posting_id is not an id', 'A1,,2025-03-01,purchase,1.00,'],
			['posted_on is not a day', 'A1,P1,2025-03-32,purchase,1.00,'],
			['unknown kind', 'A1,P1,2025-03-01,gift,1.00,'],
			['amount needs 2 decimals', 'A1,P1,2025-03-01,purchase,1.0,'],
			['amount needs 2 decimals', 'A1,P1,2025-03-01,purchase,1,'],
			['amount is not a decimal', 'A1,P1,2025-03-01,purchase,1e3,'],
			['amount is not a decimal', 'A1,P1,2025-03-01,purchase,99999999999999.99,'],
			['amount is not above nought', 'A1,P1,2025-03-01,purchase,0.00,'],
			['amount is not above nought', 'A1,P1,2025-03-01,purchase,-1.00,'],
			['posting before the account was opened', 'A1,P1,2024-12-31,purchase,1.00,'],
			['has 7 fields, not 6', 'A1,P1,2025-03-01,purchase,1.00,,'],
			['description is longer than 1000 characters', `A1,P1,2025-03-01,purchase,1.00,${'长'.repeat(1001)}`],
		],
	],
] as const)(
	'in %s.csv each bad row is refused by itself, with its line and reason, and the rest is loaded',
	async (file, good, bad) => {
		const directory = await makeFolder({ [file]: [...bad.map(([, row]) => row), good] });
		const { files, rejected } = await importFrom(database.db, directory);
		expect(rejected).toEqual(
			bad.map(([reason, row], index) => ({ file: `${file}.csv`, line: String(index + 2), reason, row })),
		);
		expect(files[`${file}.csv`]).toMatchObject({ ok: true, rows: bad.length + 1, added: 1, refused: bad.length });
	},
);

test('of two postings with one id in a file the first counts, a repetition is harmless, and the account is checked', async () => {
	const first = 'A43,P20,2025-03-01,purchase,1.00,';
	const directory = await makeFolder({
		accounts: ['A43,C1,1111,CNY,cn-standard,2025-01-01'],
		postings: [first, 'A43,P21,2025-03-01,fee,1.00,', 'A43,P20,2025-03-01,purchase,2.00,', first],
	});
	const { files, rejected } = await importFrom(database.db, directory);
	expect(rejected).toMatchObject([{ line: '4', reason: 'repeats the key of line 2 with other content' }]);
	expect(files['postings.csv']).toMatchObject({ rows: 4, added: 2, unchanged: 1, refused: 1 });
	const posted = await database.db.selectFrom('posting').select('amount').where('id', '=', 'P20').execute();
	expect(posted).toEqual([{ amount: 100 }]);
	// The sound row of the same id does not mend the other one, in this run or the next.
	expect(await findAccountState(database.db, 'A43')).toMatchObject({ beingChecked: true });
	await importFrom(database.db, directory);
	expect(await findAccountState(database.db, 'A43')).toMatchObject({ beingChecked: true });
});

test('a file that contradicts itself comes out the same however often it is loaded', async () => {
	const rows = ['A1,2025-05-05,2025-05-23,100.00,10.00', 'A1,2025-05-05,2025-05-23,200.00,20.00'];
	const directory = await makeFolder({ statements: rows });
	for (let run = 0; run < 3; run++) {
		const { rejected } = await importFrom(database.db, directory);
		expect(rejected).toMatchObject([{ line: '3', row: rows[1] }]);
		const statement = await database.db
			.selectFrom('statement')
			.select('statement_balance')
			.where('statement_date', '=', '2025-05-05')
			.execute();
		expect(statement).toEqual([{ statement_balance: 10_000 }]);
	}
});

test('the currency of an account with a history does not change under it', async () => {
	const directory = await makeFolder({ postings: ['A1,P30,2025-03-01,purchase,1.00,'] });
	await importFrom(database.db, directory);
	await putFiles(directory, { accounts: ['A1,C1,1111,JPY,cn-standard,2025-01-01'] });
	const { rejected } = await importFrom(database.db, directory);
	expect(rejected).toMatchObject([{ reason: 'currency of an account with postings or statements changed' }]);
});

test('an account with a refused row is being checked until the row is mended', async () => {
	const accountId = 'A40';
	const directory = await makeFolder({
		accounts: [`${accountId},C1,1111,CNY,cn-standard,2025-01-01`],
		postings: [`${accountId},P1,2025-03-01,purchase,10.00,`, `${accountId},P2,2025-03-02,purchase,5.0,`],
	});
	await importFrom(database.db, directory);
	expect(await findAccountState(database.db, accountId)).toMatchObject({
		beingChecked: true,
		faults: [{ fault: 'row_refused', detail: 'postings.csv line 3: amount needs 2 decimals' }],
	});

	// The same again is the same fault, told once; a file without the row mends nothing.
	await importFrom(database.db, directory);
	await putFiles(directory, { postings: [`${accountId},P3,2025-03-03,purchase,1.00,`] });
	await importFrom(database.db, directory);
	const state = await findAccountState(database.db, accountId);
	expect(state?.beingChecked && state.faults).toHaveLength(1);

	await putFiles(directory, { postings: [`${accountId},P2,2025-03-02,purchase,5.00,`] });
	const { rejected } = await importFrom(database.db, directory);
	expect(rejected).toEqual([]);
	expect(await findAccountState(database.db, accountId)).toMatchObject({ beingChecked: false });
});

test('a row that does not say which record it is holds its account until the file tells of it soundly', async () => {
	const accountId = 'A41';
	const directory = await makeFolder({
		accounts: [`${accountId},C1,1111,CNY,cn-standard,2025-01-01`],
		postings: [`${accountId},,2025-03-02,purchase,5.00,`],
	});
	await importFrom(database.db, directory);
	expect(await findAccountState(database.db, accountId)).toMatchObject({ beingChecked: true });
	await putFiles(directory, { postings: [`${accountId},P2,2025-03-02,purchase,5.00,`] });
	await importFrom(database.db, directory);
	expect(await findAccountState(database.db, accountId)).toMatchObject({ beingChecked: false });
});

test('a posting that came before its account holds the account until it comes again', async () => {
	const accountId = 'A42';
	const directory = await makeFolder({ postings: [`${accountId},P1,2025-03-02,purchase,5.00,`] });
	await importFrom(database.db, directory);
	await putFiles(directory, { accounts: [`${accountId},C1,1111,CNY,cn-standard,2025-01-01`], postings: [] });
	await importFrom(database.db, directory);
	expect(await findAccountState(database.db, accountId)).toMatchObject({ beingChecked: true });
	await putFiles(directory, { postings: [`${accountId},P1,2025-03-02,purchase,5.00,`] });
	await importFrom(database.db, directory);
	expect(await findAccountState(database.db, accountId)).toMatchObject({ beingChecked: false });
});
