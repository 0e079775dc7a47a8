import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Db, type DbOrTrx } from '#lib/server/db/connect.ts';
import { type Identity, runAs } from '#lib/server/db/identity.ts';
import { KEPT_PLAN } from '#lib/server/db/kept-plan.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
/** One connection, so that each question follows on what the one before has told. */
let db: Db;

beforeAll(() => {
	db = connect({ connectionString: database.connectionString, max: 1 });
});
afterAll(() => db.destroy());

const [one, other] = [{ cardholder: 'C-1' }, { cardholder: 'C-2' }] as const;

async function asked(by: DbOrTrx, number = 1): Promise<string | undefined> {
	const { rows } = await sql<{ who: string }>`
		select current_setting('portal.identity') || left((1 / ${number}::integer)::text, 0) as who ${KEPT_PLAN}`.execute(by);
	return rows[0]?.who;
}
const asks = (identity: Identity, number?: number) => runAs(identity, () => asked(db, number));
const asksPlainly = (identity: Identity) =>
	runAs(identity, () => sql<{ who: string }>`select current_setting('portal.identity') as who`.execute(db));

test('each statement is asked for whoever asks, whether its plan is kept or not', async () => {
	expect(await asks('door')).toBe('door');
	expect(await asks(one)).toBe('cardholder:C-1');
	expect(await asks(one)).toBe('cardholder:C-1');
	expect((await asksPlainly(other)).rows).toEqual([{ who: 'cardholder:C-2' }]);
	expect(await asks(one)).toBe('cardholder:C-1');
	expect((await asksPlainly(one)).rows).toEqual([{ who: 'cardholder:C-1' }]);
	expect(await asked(db)).toBe('');
});

test('what was told with a statement that failed is told anew', async () => {
	await asks(one);
	await expect(asks(other, 0)).rejects.toThrow('division by zero');
	expect(await asks(other)).toBe('cardholder:C-2');
	await expect(asks(one, 0)).rejects.toThrow('division by zero');
	expect(await asks(other)).toBe('cardholder:C-2');
});

test('what was told inside a transaction is told anew where it was rolled back', async () => {
	const failed = runAs(other, () =>
		db.transaction().execute(async (trx) => {
			expect(await asked(trx)).toBe('cardholder:C-2');
			throw new Error('rolled back');
		}),
	);
	await expect(failed).rejects.toThrow('rolled back');
	expect(await asks(other)).toBe('cardholder:C-2');
	await runAs(one, () => db.transaction().execute(async (trx) => expect(await asked(trx)).toBe('cardholder:C-1')));
	expect(await asks(one)).toBe('cardholder:C-1');
	expect(await asks(other)).toBe('cardholder:C-2');
});

test('the statement never runs for whoever was told before, even where the telling fails', async () => {
	await asks(one);
	await sql`deallocate tell`.execute(db);
	await expect(asks(other)).rejects.toThrow(/prepared statement "tell" does not exist/);
});
