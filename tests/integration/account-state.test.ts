import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { findAccountState, findOwnAccountState, listAccountsOf, readOwed } from '#lib/server/account/account-state.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

beforeAll(async () => {
	await sql`
		insert into cardholder (id, name, phone, id_last4, locale) values
			('C1', '林一', '+8610000000001', '123X', 'zh-CN'), ('C2', 'Lin Two', '+8610000000002', '1234', 'en')`.execute(
		database.db,
	);
	await sql`
		insert into account (id, cardholder_id, card_last4, currency, policy_code, opened_on) values
			('A1', 'C1', '1111', 'CNY', 'cn-standard', '2025-01-01'), ('A2', 'C1', '2222', 'CNY', 'nowhere', '2025-01-01'),
			('A3', 'C2', '3333', 'JPY', 'cn-standard', '2025-01-01')`.execute(database.db);
	await sql`
		insert into statement (account_id, statement_date, due_date, statement_balance, minimum_payment_due) values
			('A1', '2025-03-05', '2025-03-23', 1000000, 100000)`.execute(database.db);
	await sql`
		insert into posting (account_id, id, posted_on, kind, amount) values
			('A1', 'P1', '2025-02-20', 'purchase', 1000000), ('A1', 'P2', '2025-06-22', 'payment', 50000)`.execute(database.db);
});

test('an account is read with its history, its policy and what it owes', async () => {
	const state = await findAccountState(database.db, 'A1');
	expect(state).toMatchObject({ cardholderId: 'C1', cardLast4: '1111', currency: { code: 'CNY', digits: 2 } });
	if (!state || state.beingChecked) throw new Error('A1 is sound');
	expect(state.history.statements).toEqual([
		{ statementDate: '2025-03-05', dueDate: '2025-03-23', statementBalance: 1000000, minimumPaymentDue: 100000 },
	]);
	expect(state.history.postings.map(({ postedOn }) => postedOn)).toEqual(['2025-02-20', '2025-06-22']);
	expect(state.postingMark).toBeGreaterThan(0);
	expect(readOwed(state, '2025-03-10')).toMatchObject({
		principal: 1000000,
		totalOutstanding: 1000000,
		daysPastDue: 0,
	});
});

test('an account without a history owes nothing, in the digits of its currency', async () => {
	const state = await findAccountState(database.db, 'A3');
	expect(state).toMatchObject({ beingChecked: false, postingMark: 0, currency: { code: 'JPY', digits: 0 } });
	expect(state && readOwed(state, '2025-03-10')).toMatchObject({ totalOutstanding: 0, delinquencyBucket: 'M0' });
});

test('an account that is not mine is not found', async () => {
	expect(await findOwnAccountState(database.db, { accountId: 'A1', cardholderId: 'C2' })).toBeUndefined();
	expect(await findOwnAccountState(database.db, { accountId: 'A1', cardholderId: 'C1' })).toBeDefined();
	expect((await listAccountsOf(database.db, 'C1')).map(({ accountId }) => accountId)).toEqual(['A1', 'A2']);
});

test('an account under an unknown policy is being checked, and shows no figure', async () => {
	const state = await findAccountState(database.db, 'A2');
	expect(state).toMatchObject({ beingChecked: true, faults: [{ fault: 'unknown_policy' }] });
	expect(state && readOwed(state, '2025-03-10')).toBeUndefined();
});
