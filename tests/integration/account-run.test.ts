import { readFile } from 'node:fs/promises';
import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { findAccountState, readOwed } from '#lib/server/account/account-state.ts';
import { owedCsvLine } from '#lib/server/account/owed-csv.ts';
import type { PassedOver } from '#lib/server/account/range-worker.ts';
import { readReconciliation } from '#lib/server/account/read-reconciliation.ts';
import { type AccountsRun, runOverAccounts } from '#lib/server/account/run-over-accounts.ts';
import { importFrom, makeFolder } from '../support/core-files.ts';
import { useDatabase } from '../support/database.ts';

const BOOKS = new URL('../examples/books/', import.meta.url);
const OWED = { kind: 'owed', asOf: '2026-11-20' } as const;
const RECONCILIATION = { kind: 'reconciliation' } as const;
const HEADER = 'account_id,statement_date,kind,engine,core,difference\r\n';
const books = useDatabase();
const odd = useDatabase();

beforeAll(async () => {
	const names = ['policies.json', 'customers.csv', 'accounts.csv', 'statements.csv', 'postings.csv'];
	const read = await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, BOOKS))] as const));
	await importFrom(books.db, await makeFolder({ raw: Object.fromEntries(read) }));
});

async function run(connectionString: string, options: Partial<AccountsRun> & Pick<AccountsRun, 'job'>) {
	const to = new PassThrough();
	const written = text(to);
	const beingChecked: PassedOver[] = [];
	const onBeingChecked = (account: PassedOver) => beingChecked.push(account);
	const counts = await runOverAccounts({ connectionString, to, onBeingChecked, ...options });
	to.end();
	return { text: await written, counts, beingChecked };
}

test('through one worker or several, in ranges of any size, every account comes once and in order', async () => {
	const expected = await readFile(new URL('expected.csv', BOOKS), 'utf8');
	for (const [workers, accountsARange] of [
		[3, 7],
		[1, 60],
		[2, 1000],
	] as const) {
		const ran = await run(books.connectionString, { job: OWED, workers, accountsARange });
		expect(ran.text, `${String(workers)} workers`).toBe(expected);
		expect(ran.counts).toEqual({ accounts: 120, lines: 120, beingChecked: 0 });
	}
});

test('an empty book is a file with a header', async () => {
	expect(await run(odd.connectionString, { job: RECONCILIATION })).toMatchObject({ text: HEADER, beingChecked: [] });
});

test('no statement of an independent core differs from the engine; a planted difference is found, and alone', async () => {
	expect((await run(books.connectionString, { job: RECONCILIATION })).text).toBe(HEADER);
	const newest = await sql<{ day: string }>`
		select max(statement_date) as day from statement where account_id = 'A20000003'`.execute(books.db);
	const postedOn = newest.rows[0]?.day ?? '';
	await books.db
		.insertInto('posting')
		.values({ account_id: 'A20000003', id: 'planted', posted_on: postedOn, kind: 'interest', amount: 700 })
		.execute();
	const lines = (await run(books.connectionString, { job: RECONCILIATION, accountsARange: 50 })).text.split('\r\n');
	expect(lines).toHaveLength(3);
	expect(lines[1]).toMatch(new RegExp(`^A20000003,${postedOn},interest,[\\d.]+,[\\d.]+,7\\.00$`));
	expect(await readReconciliation(books.db, 'A20000003')).toMatchObject({
		differences: [{ statementDate: postedOn, kind: 'interest', difference: 700 }],
	});
	expect(await readReconciliation(books.db, 'A20000004')).toMatchObject({ beingChecked: false, differences: [] });
});

test('the file says of each account what its own page says: any id, any order of keys, whatever the currency', async () => {
	await importFrom(
		odd.db,
		await makeFolder({
			customers: ['C1,林一,+8610000000001,123X,zh-CN'],
			accounts: ['"A,1 \\ ""x""",C1,1111,CNY,cn-standard,2025-01-01', '账户二,C1,2222,JPY,cn-standard,2025-01-01'],
			statements: ['账户二,2026-09-05,2026-09-23,6000,600'],
			// The payment meets the fee, which stands before the interest in the file but not by its id.
			postings: [
				'"A,1 \\ ""x""",P9,2026-11-01,fee,10.00,',
				'"A,1 \\ ""x""",P8,2026-11-01,payment,10.00,',
				'"A,1 \\ ""x""",P7,2026-11-01,interest,10.00,',
				'账户二,P1,2026-08-20,purchase,6000,',
			],
		}),
	);
	const ids = ['A,1 \\ "x"', '账户二'];
	const lines = await Promise.all(
		ids.map(async (id) => {
			const state = await findAccountState(odd.db, id);
			if (!state || state.beingChecked) throw new Error(`${id} is sound`);
			return owedCsvLine(id, OWED.asOf, readOwed(state, OWED.asOf), state.currency);
		}),
	);
	const ran = await run(odd.connectionString, { job: OWED, workers: 2, accountsARange: 1 });
	expect(ran.text.split('\r\n').slice(1).join('\r\n')).toBe(lines.join(''));
	expect(lines[0]).toContain(',0.00,10.00,0.10,0.00,');
});

test('an account that contradicts itself, or follows an unknown policy, is named and has no line; the rest goes on', async () => {
	await sql`
		insert into account (id, cardholder_id, card_last4, currency, policy_code, opened_on)
		values ('A5', 'C1', '5555', 'CNY', 'cn-standard', '2025-01-01'), ('A6', 'C1', '6666', 'CNY', 'nowhere', '2025-01-01')`.execute(
		odd.db,
	);
	await sql`
		insert into statement (account_id, statement_date, due_date, statement_balance, minimum_payment_due)
		values ('A5', '2026-03-05', '2026-03-01', 100, 10)`.execute(odd.db);
	const ran = await run(odd.connectionString, { job: OWED, accountsARange: 2 });
	expect(ran.beingChecked).toEqual([
		{
			accountId: 'A5',
			faults: [{ fault: 'contradiction', detail: 'statement of 2026-03-05: due_before_statement_date' }],
		},
		{ accountId: 'A6', faults: [{ fault: 'unknown_policy', detail: 'nowhere for accounts in CNY' }] },
	]);
	expect(ran.counts).toEqual({ accounts: 4, lines: 2, beingChecked: 2 });
	expect(
		ran.text
			.split('\r\n')
			.slice(1)
			.map((line) => line.slice(0, 3)),
	).toEqual(['"A,', '账户二', '']);
});

test('where the writing or the reading fails, the run ends with the reason and leaves no thread and no transaction', async () => {
	let room = 1;
	const full = new Writable({
		write: (_chunk, _encoding, done) => done(room-- > 0 ? null : new Error('the disk is full')),
	});
	full.on('error', () => undefined);
	await expect(run(books.connectionString, { job: OWED, to: full, accountsARange: 10 })).rejects.toThrow(
		'the disk is full',
	);
	await sql`insert into policy (code, effective_on, terms) values ('broken', '2025-01-01', '[]')`.execute(odd.db);
	await sql`alter table statement rename to statement_gone`.execute(odd.owner);
	await expect(run(odd.connectionString, { job: OWED })).rejects.toThrow('relation "statement" does not exist');
	const left = async () => {
		const { rows } = await sql<{ count: number }>`
			select count(*) as count from pg_stat_activity
			where datname in (${new URL(books.connectionString).pathname.slice(1)}, current_database())
				and state like 'idle in%'`.execute(odd.db);
		return rows[0]?.count;
	};
	// A server process needs a moment to see that its client has gone.
	await expect.poll(left, { timeout: 20_000 }).toBe(0);
});
