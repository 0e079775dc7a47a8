import { sql } from 'kysely';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { findLatestApproval } from '#lib/server/review/approval.repository.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { findDecision } from '#lib/server/review/decision.repository.ts';
import { replayKeptDecisions } from '#lib/server/review/replay-kept-decision.ts';
import { inHand, tracesOf, UNDECIDED } from '../support/case-in-hand.ts';
import { offerOrder } from '../support/counter-offer.ts';
import { useDatabase } from '../support/database.ts';
import { runNode } from '../support/run-command.ts';
import { askForSecond, takenBySupervisor } from '../support/second-approver.ts';

const database = useDatabase();
const WHY = 'Four months of sick pay, the employer wrote.';

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});
afterEach(async () => {
	await ask({ daysPastDueFrom: null, evidence: null });
	await askForSecond(database, false);
});

/** Whom the product of the cases in hand is for, from now on. */
async function ask(eligibility: { daysPastDueFrom?: number | null; evidence?: string[] | null }): Promise<void> {
	const asked = JSON.stringify({ eligibility });
	await sql`update product set terms = jsonb_set(terms, '{eligibility}', (terms -> 'eligibility') || ${asked}::jsonb -> 'eligibility')
		where code = 'personal-instalments'`.execute(database.owner);
}

async function auditOf(subjectId: string, action: string) {
	const row = await database.db
		.selectFrom('audit_log')
		.select('detail')
		.where('subject_id', '=', subjectId)
		.where('action', '=', action)
		.executeTakeFirstOrThrow();
	return row.detail;
}

test('a plan that does not meet a rule of its product is approved only with the reason in the note, and is kept as an exception', async () => {
	const held = await inHand(database.db);
	await ask({ daysPastDueFrom: 9_000 });
	const unsaid = await decideApplication(database.db, { ...held.order, note: ' \n' });
	expect(unsaid).toEqual({ ok: false, refusal: 'exception_reason_needed' });
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
	expect(await decideApplication(database.db, { ...held.order, note: WHY })).toMatchObject({ ok: true });
	expect(await findDecision(database.db, held)).toMatchObject({ note: WHY, exceptions: ['days_past_due'] });
	expect(await auditOf(held.applicationId, 'application.decided')).toMatchObject({ exceptions: 'days_past_due' });
	// What the product asked and what the case had are frozen, whatever becomes of either.
	await ask({ daysPastDueFrom: null });
	const { inputs } = await database.db
		.selectFrom('decision')
		.select('inputs')
		.where('application_id', '=', held.applicationId)
		.executeTakeFirstOrThrow();
	expect(inputs).toMatchObject({
		exceptions: [{ rule: 'days_past_due', from: 9_000, has: expect.any(Number) as number }],
	});
	const [replayed] = await replayKeptDecisions(database.db, held.reference);
	expect(replayed?.replayed?.figures.filter(({ same }) => !same)).toEqual([]);
	const env = { EMBEDDED_DATABASE_URL: database.connectionString };
	const command = await runNode(['src/cli/portal.ts', 'replay', held.reference], { env });
	expect(command.output).toContain(`exception to: days_past_due\n  because: ${WHY}`);
	expect(command.code).toBe(0);
});

test('where every rule is met no note is asked for, and nothing of an exception is kept', async () => {
	const held = await inHand(database.db);
	expect(await decideApplication(database.db, { ...held.order, note: '' })).toMatchObject({ ok: true });
	expect(await findDecision(database.db, held)).toMatchObject({ note: '', exceptions: [] });
	expect(await auditOf(held.applicationId, 'application.decided')).not.toHaveProperty('exceptions');
});

test('a decline needs no reason for an exception', async () => {
	const held = await inHand(database.db);
	await ask({ daysPastDueFrom: 9_000 });
	const declined = { ...held.order, outcome: 'declined', reason: 'able_to_pay', note: '' } as const;
	expect(await decideApplication(database.db, declined)).toMatchObject({ ok: true });
});

test('a counter-offer without a paper that its product asks for needs its reason as well', async () => {
	const held = await inHand(database.db);
	await ask({ evidence: ['medical_record'] });
	const offer = await offerOrder(database.db, { ...held, fence: held.order.fence });
	const unsaid = await decideApplication(database.db, { ...offer, note: '' });
	expect(unsaid).toEqual({ ok: false, refusal: 'exception_reason_needed' });
	expect(await decideApplication(database.db, { ...offer, note: WHY })).toMatchObject({ ok: true });
	expect(await findDecision(database.db, held)).toMatchObject({ note: WHY, exceptions: ['evidence'] });
});

test('a second approver has the exception and its reason before them, and gives their own', async () => {
	await askForSecond(database, true);
	const held = await inHand(database.db);
	await ask({ daysPastDueFrom: 9_000 });
	expect(await decideApplication(database.db, { ...held.order, note: WHY })).toMatchObject({ step: 'proposed' });
	expect(await findLatestApproval(database.db, held.applicationId)).toMatchObject({
		note: WHY,
		exceptions: ['days_past_due'],
	});
	expect(await auditOf(held.applicationId, 'approval.proposed')).toMatchObject({ exceptions: 'days_past_due' });
	const second = await takenBySupervisor(database.db, held.order);
	const unsaid = await decideApplication(database.db, { ...second.order, note: '' });
	expect(unsaid).toEqual({ ok: false, refusal: 'exception_reason_needed' });
	const own = 'I read the letter of the employer as well.';
	expect(await decideApplication(database.db, { ...second.order, note: own })).toMatchObject({ step: 'seconded' });
	expect(await findDecision(database.db, held)).toMatchObject({ note: own, exceptions: ['days_past_due'] });
});
