import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { CHECKS } from '../support/checks.ts';
import { inHand, tracesOf, UNDECIDED } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

test('an approval writes decision, status, message, audit and the end of the review together', async () => {
	const held = await inHand(database.db);
	expect(await decideApplication(database.db, held.order)).toMatchObject({ ok: true, reference: held.reference });
	expect(await tracesOf(database.db, held)).toEqual({
		status: 'approved',
		isDecided: true,
		isClosed: true,
		outcomes: ['approved'],
		messages: ['application_approved'],
		audited: 1,
	});
});

test('a decision keeps the figures of the day, the terms of the quote with their hash, and what was checked', async () => {
	const held = await inHand(database.db);
	await decideApplication(database.db, held.order);
	const decision = await database.db
		.selectFrom('decision as d')
		.innerJoin('application as a', 'a.id', 'd.application_id')
		.innerJoin('quote as q', 'q.id', 'a.quote_id')
		.select(['d.inputs', 'q.terms', 'q.terms_hash', 'q.number'])
		.where('d.application_id', '=', held.applicationId)
		.executeTakeFirstOrThrow();
	expect(decision.inputs).toMatchObject({
		asOf: today(),
		currency: 'CNY',
		owed: { principal: '12482.17', daysPastDue: 40 },
		quote: { number: decision.number, terms: decision.terms, termsHash: decision.terms_hash.toString('hex') },
		checked: CHECKS,
	});
});

test('a decision is all or nothing: where the message cannot be written nothing stands, and the next try succeeds', async () => {
	const held = await inHand(database.db);
	await sql`
		create function fail_outbox() returns trigger language plpgsql as
			$$ begin raise exception 'planted: the outbox is broken'; end $$`.execute(database.owner);
	await sql`
		create trigger outbox_is_broken before insert on outbox_message
			for each row execute function fail_outbox()`.execute(database.owner);
	try {
		await expect(decideApplication(database.db, held.order)).rejects.toThrow('planted');
	} finally {
		await sql`drop trigger outbox_is_broken on outbox_message`.execute(database.owner);
	}
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
	expect(await decideApplication(database.db, held.order)).toMatchObject({ ok: true });
});

test('a decision sent twice at once is one decision and one message', async () => {
	const held = await inHand(database.db);
	const outcomes = await Promise.all([1, 2, 3].map(() => decideApplication(database.db, held.order)));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	const traces = await tracesOf(database.db, held);
	expect([traces.outcomes, traces.messages]).toEqual([['approved'], ['application_approved']]);
});

test('who declines gives a reason, and who approves has checked everything', async () => {
	const held = await inHand(database.db);
	const { order } = held;
	const refusals = [
		{ ...order, outcome: 'declined' as const, reason: null },
		{ ...order, outcome: 'declined' as const, reason: 'other' as const, words: ' ' },
		{ ...order, checked: CHECKS.slice(1) },
	];
	const outcomes = await Promise.all(refusals.map((refused) => decideApplication(database.db, refused)));
	expect(outcomes.map((outcome) => (outcome.ok ? 'decided' : outcome.refusal))).toEqual([
		'reason_needed',
		'words_needed',
		'unchecked',
	]);
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
	const declined = { ...order, outcome: 'declined', reason: 'evidence_not_readable', checked: [] } as const;
	expect(await decideApplication(database.db, declined)).toMatchObject({ ok: true });
	expect(await tracesOf(database.db, held)).toMatchObject({ status: 'declined', messages: ['application_declined'] });
});

test('what was withdrawn during the review is not decided', async () => {
	const held = await inHand(database.db);
	const { cardholderId, accountId, applicationId } = held;
	await withdrawApplication(database.db, { owner: { cardholderId, accountId }, applicationId, at: now() });
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'status_changed' });
});

test('a withdrawal and an approval at the same moment end in one of them', async () => {
	const held = await inHand(database.db);
	const { cardholderId, accountId, applicationId } = held;
	const [decision, withdrawal] = await Promise.all([
		decideApplication(database.db, held.order),
		withdrawApplication(database.db, { owner: { cardholderId, accountId }, applicationId, at: now() }),
	]);
	expect([decision.ok, withdrawal.ok].filter(Boolean)).toHaveLength(1);
	expect((await tracesOf(database.db, held)).status).toBe(decision.ok ? 'approved' : 'withdrawn');
});

test('a payment posted since the page was loaded is seen before anything is decided', async () => {
	const held = await inHand(database.db);
	await database.db
		.insertInto('posting')
		.values({ account_id: held.accountId, id: 'paid', posted_on: today(), kind: 'payment', amount: 50_000 })
		.execute();
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'figures_changed' });
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
});

test('a decision never changes', async () => {
	const held = await inHand(database.db);
	await decideApplication(database.db, held.order);
	const change = database.owner.updateTable('decision').set({ words: 'else' }).where('staff_id', '=', held.staffId);
	await expect(change.execute()).rejects.toThrow('append-only');
});
