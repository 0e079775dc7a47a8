import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { CHECKS } from '#lib/domain/review/checklist.ts';
import { findAccountState } from '#lib/server/account/account-state.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication, type DecisionOrder } from '#lib/server/review/decide-application.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';
import { type Applied, makeSubmittedApplication } from '../support/submitted-application.ts';

const database = useDatabase();
let made = 0;

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

interface Held extends Applied {
	readonly staffId: string;
	readonly order: DecisionOrder;
}

/** An application in the hands of an agent, and the approval that their page would send. */
async function inHand(): Promise<Held> {
	await database.db.updateTable('review').set({ closed_at: now() }).where('closed_at', 'is', null).execute();
	const applied = await makeSubmittedApplication(database.db, ++made);
	const staffId = await makeStaff(database.db, `agent-${String(made)}`);
	const claim = await claimNext(database.db, { staffId });
	const { version } = await database.db
		.selectFrom('application')
		.select('version')
		.where('id', '=', applied.applicationId)
		.executeTakeFirstOrThrow();
	const account = await findAccountState(database.db, applied.accountId);
	const order: DecisionOrder = {
		staffId,
		applicationId: applied.applicationId,
		fence: claim?.fence ?? 0,
		outcome: 'approved',
		reason: null,
		words: '我们同意您的分期方案。',
		note: 'Payslips fit.',
		checked: CHECKS,
		seen: { version, postingMark: account?.postingMark ?? 0, evidence: [] },
	};
	return { ...applied, staffId, order };
}

/** Everything that a decision would have written. */
async function tracesOf({ applicationId }: Applied) {
	const { db } = database;
	const application = await db
		.selectFrom('application')
		.select(['status', 'decided_at'])
		.where('id', '=', applicationId)
		.executeTakeFirstOrThrow();
	const review = await db
		.selectFrom('review')
		.select('closed_at')
		.where('application_id', '=', applicationId)
		.executeTakeFirstOrThrow();
	const decisions = await db.selectFrom('decision').selectAll().where('application_id', '=', applicationId).execute();
	const messages = await db
		.selectFrom('outbox_message')
		.select('template')
		.where('application_id', '=', applicationId)
		.where('template', 'in', ['application_approved', 'application_declined'])
		.execute();
	const audit = await db
		.selectFrom('audit_log')
		.select('action')
		.where('subject_id', '=', applicationId)
		.where('action', '=', 'application.decided')
		.execute();
	return {
		status: application.status,
		isDecided: application.decided_at !== null,
		isClosed: review.closed_at !== null,
		outcomes: decisions.map(({ outcome }) => outcome),
		messages: messages.map(({ template }) => template),
		audited: audit.length,
	};
}

const UNDECIDED = {
	status: 'in_review',
	isDecided: false,
	isClosed: false,
	outcomes: [],
	messages: [],
	audited: 0,
};

test('an approval writes decision, status, message, audit and the end of the review together', async () => {
	const held = await inHand();
	expect(await decideApplication(database.db, held.order)).toMatchObject({ ok: true, reference: held.reference });
	expect(await tracesOf(held)).toEqual({
		status: 'approved',
		isDecided: true,
		isClosed: true,
		outcomes: ['approved'],
		messages: ['application_approved'],
		audited: 1,
	});
});

test('a decision keeps the figures of the day, the terms of the quote with their hash, and what was checked', async () => {
	const held = await inHand();
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
	const held = await inHand();
	await sql`
		create function fail_outbox() returns trigger language plpgsql as
			$$ begin raise exception 'planted: the outbox is broken'; end $$`.execute(database.db);
	await sql`
		create trigger outbox_is_broken before insert on outbox_message
			for each row execute function fail_outbox()`.execute(database.db);
	try {
		await expect(decideApplication(database.db, held.order)).rejects.toThrow('planted');
	} finally {
		await sql`drop trigger outbox_is_broken on outbox_message`.execute(database.db);
	}
	expect(await tracesOf(held)).toEqual(UNDECIDED);
	expect(await decideApplication(database.db, held.order)).toMatchObject({ ok: true });
});

test('a decision sent twice at once is one decision and one message', async () => {
	const held = await inHand();
	const outcomes = await Promise.all([1, 2, 3].map(() => decideApplication(database.db, held.order)));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	const traces = await tracesOf(held);
	expect([traces.outcomes, traces.messages]).toEqual([['approved'], ['application_approved']]);
});

test('an expired lease decides nothing, and once another took the application the first is told so', async () => {
	const held = await inHand();
	await database.db
		.updateTable('review')
		.set({ lease_expires_at: new Date(now().getTime() - 1000) })
		.where('application_id', '=', held.applicationId)
		.execute();
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'lease_lost' });
	const other = await makeStaff(database.db, `other-${String(made)}`);
	const claim = await claimNext(database.db, { staffId: other });
	expect(claim?.applicationId).toBe(held.applicationId);
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'taken_by_other' });
	const stale = { ...held.order, staffId: other };
	expect(await decideApplication(database.db, stale)).toEqual({ ok: false, refusal: 'stale_fence' });
	expect(await tracesOf(held)).toEqual(UNDECIDED);
	expect(await decideApplication(database.db, { ...stale, fence: claim?.fence ?? 0 })).toMatchObject({ ok: true });
});

test('who had a hand in an application decides nothing: the rule refuses it', async () => {
	const held = await inHand();
	await database.db
		.insertInto('application_hand')
		.values({ application_id: held.applicationId, staff_id: held.staffId, hand: 'edited' })
		.execute();
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'had_a_hand' });
	await database.db
		.updateTable('staff')
		.set({ cardholder_id: held.cardholderId })
		.where('id', '=', held.staffId)
		.execute();
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'own_application' });
	expect(await tracesOf(held)).toEqual(UNDECIDED);
});

test('who had a hand in an application decides nothing: the database refuses it too', async () => {
	const held = await inHand();
	const hand = { application_id: held.applicationId, hand: 'made' } as const;
	const decision = {
		application_id: held.applicationId,
		fence: held.order.fence,
		outcome: 'approved',
		inputs: '{}',
	} as const;
	await database.db
		.insertInto('application_hand')
		.values({ ...hand, staff_id: held.staffId })
		.execute();
	const own = await makeStaff(database.db, `own-${String(made)}`, 'agent', held.cardholderId);
	for (const staffId of [held.staffId, own]) {
		const insert = database.db.insertInto('decision').values({ ...decision, staff_id: staffId });
		await expect(insert.execute()).rejects.toThrow('nobody decides an application they had a hand in making');
	}
});

test('support, admin and whoever was disabled meanwhile decide nothing', async () => {
	const held = await inHand();
	for (const role of ['support', 'admin'] as const) {
		await database.db.updateTable('staff').set({ role }).where('id', '=', held.staffId).execute();
		expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'wrong_role' });
	}
	await database.db
		.updateTable('staff')
		.set({ role: 'agent', disabled_at: now() })
		.where('id', '=', held.staffId)
		.execute();
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'wrong_role' });
	expect(await tracesOf(held)).toEqual(UNDECIDED);
});

test('who declines gives a reason, and who approves has checked everything', async () => {
	const held = await inHand();
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
	expect(await tracesOf(held)).toEqual(UNDECIDED);
	const declined = { ...order, outcome: 'declined', reason: 'evidence_not_readable', checked: [] } as const;
	expect(await decideApplication(database.db, declined)).toMatchObject({ ok: true });
	expect(await tracesOf(held)).toMatchObject({ status: 'declined', messages: ['application_declined'] });
});

test('a plan from the amount that needs a second approver is approved by a supervisor alone', async () => {
	const held = await inHand();
	await sql`
		update product set terms = terms || '{"secondApproverFrom": "100.00"}'
		where code = 'personal-instalments'`.execute(database.db);
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'supervisor_needed' });
	await database.db.updateTable('staff').set({ role: 'supervisor' }).where('id', '=', held.staffId).execute();
	expect(await decideApplication(database.db, held.order)).toMatchObject({ ok: true });
	await sql`
		update product set terms = terms || '{"secondApproverFrom": "100000.00"}'
		where code = 'personal-instalments'`.execute(database.db);
});

test('what was withdrawn during the review is not decided', async () => {
	const held = await inHand();
	const { cardholderId, accountId, applicationId } = held;
	await withdrawApplication(database.db, { owner: { cardholderId, accountId }, applicationId, at: now() });
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'status_changed' });
});

test('a withdrawal and an approval at the same moment end in one of them', async () => {
	const held = await inHand();
	const { cardholderId, accountId, applicationId } = held;
	const [decision, withdrawal] = await Promise.all([
		decideApplication(database.db, held.order),
		withdrawApplication(database.db, { owner: { cardholderId, accountId }, applicationId, at: now() }),
	]);
	expect([decision.ok, withdrawal.ok].filter(Boolean)).toHaveLength(1);
	expect((await tracesOf(held)).status).toBe(decision.ok ? 'approved' : 'withdrawn');
});

test('a payment posted since the page was loaded is seen before anything is decided', async () => {
	const held = await inHand();
	await database.db
		.insertInto('posting')
		.values({ account_id: held.accountId, id: 'paid', posted_on: today(), kind: 'payment', amount: 50_000 })
		.execute();
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'figures_changed' });
	expect(await tracesOf(held)).toEqual(UNDECIDED);
});

test('a decision never changes', async () => {
	const held = await inHand();
	await decideApplication(database.db, held.order);
	const change = database.db.updateTable('decision').set({ words: 'else' }).where('staff_id', '=', held.staffId);
	await expect(change.execute()).rejects.toThrow('append-only');
});
