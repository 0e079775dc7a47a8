import { expect, test } from 'vitest';
import { choosePlan } from '#lib/server/application/choose-plan.ts';
import { findCurrentApplication } from '#lib/server/application/draft.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { useDatabase } from '../support/database.ts';
import { AT, makeCardholder, makeDraft, makeSubmitted, TODAY } from '../support/trip.ts';

const database = useDatabase();

const save = (owner: { cardholderId: string; accountId: string }, form: object) =>
	saveHardship(database.db, {
		owner,
		form: { reason: '', circumstances: '', budget: {}, ...form },
		locale: 'zh-CN',
		at: AT,
	});

async function traces(applicationId: string) {
	const { db } = database;
	const reviews = await db.selectFrom('review').selectAll().where('application_id', '=', applicationId).execute();
	const messages = await db
		.selectFrom('outbox_message')
		.select('template')
		.where('application_id', '=', applicationId)
		.execute();
	const audit = await db
		.selectFrom('audit_log')
		.select('action')
		.where('subject_id', '=', applicationId)
		.orderBy('id')
		.execute();
	return { reviews, messages: messages.map(({ template }) => template), audit: audit.map(({ action }) => action) };
}

test('submitting many times at once queues the application once, with one message and one line in the log', async () => {
	const owner = await makeCardholder(database.db);
	const draft = await makeDraft(database.db, owner);
	const form = { ...draft, consent: true };
	const outcomes = await Promise.all(
		Array.from({ length: 8 }, () => submitApplication(database.db, { owner, form, today: TODAY, at: AT })),
	);
	expect(outcomes.every(({ ok }) => ok)).toBe(true);
	expect(outcomes.filter((outcome) => outcome.ok && !outcome.isRepeat)).toHaveLength(1);
	const { reviews, messages, audit } = await traces(draft.applicationId);
	expect(reviews).toHaveLength(1);
	expect(messages).toEqual(['application_received']);
	expect(audit.filter((action) => action === 'application.moved_to_submitted')).toHaveLength(1);
});

test('a page drawn before another tab changed something does not submit what it did not show', async () => {
	const owner = await makeCardholder(database.db);
	const draft = await makeDraft(database.db, owner);
	await save(owner, { reason: 'disaster' });
	const form = { ...draft, consent: true };
	const outcome = await submitApplication(database.db, { owner, form, today: TODAY, at: AT });
	expect(outcome).toEqual({ ok: false, refusals: ['changed_elsewhere'] });
});

test('without the declaration nothing is submitted', async () => {
	const owner = await makeCardholder(database.db);
	const draft = await makeDraft(database.db, owner);
	const form = { ...draft, consent: false };
	const outcome = await submitApplication(database.db, { owner, form, today: TODAY, at: AT });
	expect(outcome).toEqual({ ok: false, refusals: ['consent_missing'] });
	expect((await traces(draft.applicationId)).reviews).toHaveLength(0);
});

test('an application of somebody else is not found: not read, not submitted, not withdrawn', async () => {
	const [owner, stranger] = [await makeCardholder(database.db), await makeCardholder(database.db)];
	const draft = await makeDraft(database.db, owner);
	const crossed = { cardholderId: stranger.cardholderId, accountId: owner.accountId };
	const form = { ...draft, consent: true };
	for (const other of [stranger, crossed]) {
		const { db } = database;
		expect(await findWholeApplication(db, other)).toBeUndefined();
		expect(await submitApplication(db, { owner: other, form, today: TODAY, at: AT })).toEqual({
			ok: false,
			refusals: ['not_found'],
		});
		expect(await withdrawApplication(db, { owner: other, applicationId: draft.applicationId, at: AT })).toEqual({
			ok: false,
			refusal: 'not_found',
		});
	}
	expect(await save(crossed, { reason: 'other' })).toEqual({ ok: false, refusal: 'no_draft' });
	expect((await findCurrentApplication(database.db, owner))?.status).toBe('draft');
});

test('an account has one open application, however many tabs begin one', async () => {
	const owner = await makeCardholder(database.db);
	const outcomes = await Promise.all(Array.from({ length: 6 }, () => save(owner, { reason: 'other' })));
	expect(new Set(outcomes.map((outcome) => outcome.ok && outcome.applicationId)).size).toBe(1);
});

test('what was typed is kept, also where it is wrong, and what is wrong is named by field', async () => {
	const owner = await makeCardholder(database.db);
	const budget = { wages: '４，５００', housing: 'about 900', food: '1.005', made_up: '1' };
	const outcome = await save(owner, { reason: 'laziness', circumstances: 'The plant closed.\r\n\u0000😀', budget });
	expect(outcome).toMatchObject({
		ok: true,
		problems: [
			{ field: 'reason', problem: 'missing' },
			{ field: 'housing', problem: 'not_an_amount' },
			{ field: 'food', problem: 'not_an_amount' },
		],
	});
	const draft = await findCurrentApplication(database.db, owner);
	expect(draft).toMatchObject({
		reason: null,
		circumstances: 'The plant closed.\n😀',
		budget: { wages: '４，５００', housing: 'about 900', food: '1.005' },
	});
	const whole = await findWholeApplication(database.db, owner);
	expect(whole?.budget).toMatchObject({ lines: { wages: 450_000 }, isWhole: false, surplus: null });
});

test('words beyond 2,000 characters are refused, and the shorter ones before are kept', async () => {
	const owner = await makeCardholder(database.db);
	await save(owner, { reason: 'other', circumstances: '很'.repeat(2000) });
	const outcome = await save(owner, { reason: 'other', circumstances: '很'.repeat(2001), budget: { wages: '1' } });
	expect(outcome).toMatchObject({ ok: true, problems: [{ field: 'circumstances', problem: 'too_long' }] });
	const draft = await findCurrentApplication(database.db, owner);
	expect(draft?.circumstances).toHaveLength(2000);
	expect(draft?.budget).toEqual({ wages: '1' });
});

test('what was submitted can no longer be changed', async () => {
	const owner = await makeCardholder(database.db);
	await makeSubmitted(database.db, owner);
	expect(await save(owner, { reason: 'other' })).toEqual({ ok: false, refusal: 'already_submitted' });
	const pick = { productCode: 'deferral', productVersion: 1, choice: { instalments: 1, deferralMonths: 3 } };
	expect(await choosePlan(database.db, { owner, pick, today: TODAY, at: AT })).toEqual({
		ok: false,
		refusal: 'already_submitted',
	});
});

test('a withdrawn application leaves the queue for good, and another can be begun', async () => {
	const owner = await makeCardholder(database.db);
	const { applicationId } = await makeSubmitted(database.db, owner);
	const withdraw = () => withdrawApplication(database.db, { owner, applicationId, at: AT });
	expect(await Promise.all([withdraw(), withdraw()])).toEqual([{ ok: true }, { ok: true }]);
	const { reviews, audit } = await traces(applicationId);
	expect(reviews.map(({ closed_at }) => closed_at)).toEqual([AT]);
	expect(audit.filter((action) => action === 'application.moved_to_withdrawn')).toHaveLength(1);
	const next = await makeSubmitted(database.db, owner);
	expect(next.applicationId).not.toBe(applicationId);
});

test('what was decided is not withdrawn', async () => {
	const owner = await makeCardholder(database.db);
	const { applicationId } = await makeSubmitted(database.db, owner);
	const actor = { kind: 'system', id: null } as const;
	await database.db.transaction().execute(async (trx) => {
		await moveApplication(trx, { applicationId, to: 'in_review', at: AT, actor });
		await moveApplication(trx, { applicationId, to: 'approved', at: AT, actor });
		expect(await moveApplication(trx, { applicationId, to: 'draft', at: AT, actor })).toEqual({
			ok: false,
			refusal: 'move_not_allowed',
		});
	});
	expect(await withdrawApplication(database.db, { owner, applicationId, at: AT })).toEqual({
		ok: false,
		refusal: 'already_decided',
	});
});
