import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { today } from '#lib/server/clock.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { replayKeptDecisions } from '#lib/server/review/replay-kept-decision.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';
import { runNode } from '../support/run-command.ts';

const database = useDatabase();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

async function decided(changes: Partial<Held['order']> = {}): Promise<Held> {
	const held = await inHand(database.db);
	const outcome = await decideApplication(database.db, { ...held.order, ...changes });
	if (!outcome.ok) throw new Error(outcome.refusal);
	return held;
}

/** What of a decision's figures comes out otherwise now. */
async function differing({ reference }: Held): Promise<string[] | undefined> {
	const [decision] = await replayKeptDecisions(database.db, reference);
	return decision?.replayed?.figures.filter(({ same }) => !same).map(({ figure }) => figure);
}

/** Writes into frozen inputs, which no role of the portal can. */
async function tamper({ applicationId }: Held, path: string, value: string): Promise<void> {
	const { owner } = database;
	await sql`alter table decision disable trigger decision_never_changes`.execute(owner);
	await sql`update decision set inputs = jsonb_set(inputs, ${path}::text[], ${JSON.stringify(value)}::jsonb)
		where application_id = ${applicationId}`.execute(owner);
	await sql`alter table decision enable trigger decision_never_changes`.execute(owner);
}

test('every figure of a decision comes out the same from its frozen inputs, whatever the account holds by now', async () => {
	const held = await decided();
	await database.db
		.insertInto('posting')
		.values({ account_id: held.accountId, id: 'later', posted_on: today(), kind: 'payment', amount: 50_000 })
		.execute();
	await database.db
		.updateTable('statement')
		.set({ minimum_payment_due: 1 })
		.where('account_id', '=', held.accountId)
		.execute();
	expect(await differing(held)).toEqual([]);
	const [decision] = await replayKeptDecisions(database.db, held.reference);
	const names = decision?.replayed?.figures.map(({ figure }) => figure);
	expect(names).toEqual(
		expect.arrayContaining([
			'account.sha256',
			'owed.totalOutstanding',
			'quote.owed.totalOutstanding',
			'quote.waived.lateFees',
			'quote.annualRateSimple',
			'quote.instalment 12',
			'quote.termsHash',
		]),
	);
	expect(await replayKeptDecisions(database.db, decision?.id ?? '')).toEqual([decision]);
});

test('a figure changed since is found, and so is a changed input, by its name', async () => {
	const figure = await decided();
	await tamper(figure, '{owed,totalOutstanding}', '1.00');
	expect(await differing(figure)).toEqual(['owed.totalOutstanding']);
	const posting = await decided();
	await tamper(posting, '{account,postings,0,amount}', '12482.18');
	expect(await differing(posting)).toEqual(
		expect.arrayContaining(['account.sha256', 'owed.principal', 'quote.principal', 'quote.termsHash']),
	);
	const product = await decided();
	await tamper(product, '{quote,from,product,periodicRate}', '0.004');
	expect(await differing(product)).toEqual(expect.arrayContaining(['quote.annualRateSimple', 'quote.termsHash']));
});

test('where the quote no longer follows from the account, its schedule still comes out the same from its terms', async () => {
	const held = await inHand(database.db);
	await database.db
		.updateTable('statement')
		.set({ minimum_payment_due: 1 })
		.where('account_id', '=', held.accountId)
		.execute();
	const declined = { ...held.order, outcome: 'declined', reason: 'able_to_pay', checked: [] } as const;
	expect(await decideApplication(database.db, declined)).toMatchObject({ ok: true });
	expect(await differing(held)).toEqual([]);
	await tamper(held, '{quote,terms,rows,0,total}', '1.00');
	expect(await differing(held)).toEqual(['quote.instalment 1']);
});

test('of a decision that kept too little no figure is claimed', async () => {
	const held = await decided();
	await tamper(held, '{format}', 'decision-1');
	expect(await replayKeptDecisions(database.db, held.reference)).toMatchObject([
		{ outcome: 'approved', replayed: undefined },
	]);
	expect(await replayKeptDecisions(database.db, 'A-0')).toEqual([]);
});

test('the command prints what was and what is, and ends with 1 and the name of what differs', async () => {
	const held = await decided();
	const env = { EMBEDDED_DATABASE_URL: database.connectionString };
	const replay = (...args: string[]) => runNode(['src/cli/portal.ts', 'replay', held.reference, ...args], { env });
	const same = await replay();
	expect(same).toMatchObject({
		code: 0,
		output: expect.stringMatching(/owed\.principal +12482\.17 +12482\.17 +yes/) as string,
	});
	await tamper(held, '{owed,principal}', '1.00');
	const other = await replay('--json');
	expect(other.code).toBe(1);
	expect(other.output).toContain('owed.principal was 1.00 and comes out as 12482.17');
});
