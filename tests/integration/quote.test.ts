import { beforeEach, expect, test } from 'vitest';
import { choosePlan, type PlanPick } from '#lib/server/application/choose-plan.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { readCheck } from '#lib/server/application/read-check.ts';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import { findQuote } from '#lib/server/plan/read-quote.ts';
import { listOptions } from '#lib/server/plan/list-options.ts';
import { useDatabase } from '../support/database.ts';
import { AT, makeCardholder, makeDraft, post, TODAY } from '../support/trip.ts';

const database = useDatabase();
let owner: Owner;
beforeEach(async () => {
	owner = await makeCardholder(database.db);
});

const submit = (draft: { applicationId: string; version: number }, moment: { today?: string; at?: Date } = {}) =>
	submitApplication(database.db, { owner, form: { ...draft, consent: true }, today: TODAY, at: AT, ...moment });

const choose = (changes: Partial<PlanPick>) => {
	const usual = { productCode: 'personal-instalments', productVersion: 1 };
	const pick = { ...usual, choice: { instalments: 12, deferralMonths: 0 }, ...changes };
	return choosePlan(database.db, { owner, pick, today: TODAY, at: AT });
};

test('a posting between quote and submission refuses, and shows the old figures against the new', async () => {
	const draft = await makeDraft(database.db, owner);
	await post(database.db, owner, TODAY, 'payment', 100_000);
	expect(await submit(draft)).toEqual({ ok: false, refusals: ['figures_changed'] });
	const check = await readCheck(database.db, { owner, today: TODAY, at: AT });
	const old = check?.application.quote?.plan;
	expect(check?.judged?.status).toBe('figures_changed');
	expect(check?.judged?.fresh?.totalOutstanding).toBe((old?.totalOutstanding ?? 0) - 100_000);
	expect(check?.judged?.fresh?.instalments).toBe(12);
});

test('choosing again after a posting makes another quote, and that one is submitted', async () => {
	const draft = await makeDraft(database.db, owner);
	await post(database.db, owner, TODAY, 'payment', 100_000);
	await choose({});
	const application = await findWholeApplication(database.db, owner);
	expect(await submit({ ...draft, version: application?.version ?? 0 })).toMatchObject({ ok: true, isRepeat: false });
});

test('a posting dated before the quote refuses too', async () => {
	const draft = await makeDraft(database.db, owner);
	await post(database.db, owner, '2026-09-20', 'payment', 1);
	expect(await submit(draft)).toEqual({ ok: false, refusals: ['figures_changed'] });
});

test('a posting of the next day refuses, though the figures of the quote’s own day are the same', async () => {
	const draft = await makeDraft(database.db, owner);
	await post(database.db, owner, '2026-11-21', 'payment', 100_000);
	const at = new Date(AT.getTime() + 86_400_000);
	expect(await submit(draft, { today: '2026-11-21', at })).toEqual({ ok: false, refusals: ['figures_changed'] });
});

test('a statement that the core corrected refuses, though nothing was posted', async () => {
	const draft = await makeDraft(database.db, owner);
	await database.db
		.updateTable('statement')
		.set({ minimum_payment_due: 300_000 })
		.where('account_id', '=', owner.accountId)
		.where('statement_date', '=', '2026-10-17')
		.execute();
	expect(await submit(draft)).toEqual({ ok: false, refusals: ['figures_changed'] });
});

test('a quote stands for its seven days though interest runs on, and not a moment longer', async () => {
	const draft = await makeDraft(database.db, owner);
	const after = (ms: number) => new Date(AT.getTime() + ms);
	const week = 7 * 86_400_000;
	expect(await submit(draft, { today: '2026-11-27', at: after(week) })).toEqual({
		ok: false,
		refusals: ['quote_expired'],
	});
	expect(await submit(draft, { today: '2026-11-27', at: after(week - 1) })).toMatchObject({ ok: true });
});

test('a product that is no longer offered refuses', async () => {
	const draft = await makeDraft(database.db, owner);
	await database.db.updateTable('product').set({ retired_at: AT }).where('code', '=', 'personal-instalments').execute();
	try {
		expect(await submit(draft)).toEqual({ ok: false, refusals: ['plan_not_offered'] });
		expect(await choose({})).toEqual({ ok: false, refusal: 'not_offered' });
	} finally {
		await database.db
			.updateTable('product')
			.set({ retired_at: null })
			.where('code', '=', 'personal-instalments')
			.execute();
	}
});

test('a form edited by hand chooses nothing that is not offered', async () => {
	await makeDraft(database.db, owner);
	const choice = (instalments: number, deferralMonths = 0) => ({ choice: { instalments, deferralMonths } });
	expect(await choose({ productCode: 'free-money' })).toEqual({ ok: false, refusal: 'not_offered' });
	expect(await choose({ productVersion: 2 })).toEqual({ ok: false, refusal: 'not_offered' });
	expect(await choose(choice(13))).toEqual({ ok: false, refusal: 'instalments_not_offered' });
	expect(await choose(choice(600))).toEqual({ ok: false, refusal: 'instalments_not_offered' });
	expect(await choose(choice(12, 1))).toEqual({ ok: false, refusal: 'deferral_not_offered' });
	const deferral = { productCode: 'deferral', productVersion: 2, ...choice(1, 7) };
	expect(await choose(deferral)).toEqual({ ok: false, refusal: 'deferral_not_offered' });
});

test('a product for others is not chosen, and the page says why it is closed', async () => {
	await makeDraft(database.db, owner);
	await post(database.db, owner, TODAY, 'purchase', 6_000_000);
	const deferral = { productCode: 'deferral', productVersion: 2, choice: { instalments: 1, deferralMonths: 3 } };
	expect(await choose(deferral)).toEqual({ ok: false, refusal: 'not_eligible' });
	const request = { owner, today: TODAY, reason: null, evidence: [], surplus: null, mostMonthly: null, picks: {} };
	const listed = await listOptions(database.db, request);
	if (!listed.ok) throw new Error(listed.refusal);
	const closed = Object.fromEntries(listed.closed.map(({ product, because }) => [product.code, because]));
	expect(closed).toMatchObject({
		deferral: ['amount_too_large', 'reason_not_given'],
		'level-interest-instalments': ['too_late'],
		'deferral-then-instalments': ['reason_not_given'],
	});
	expect(listed.options.map(({ product }) => product.code)).toContain('personal-instalments');
});

test('what one can pay a month finds the shortest term; without it the term leaves room in the budget, whatever number a form holds', async () => {
	const request = { owner, today: TODAY, reason: 'disaster', evidence: [], surplus: 100_000, picks: {} } as const;
	const listed = await listOptions(database.db, { ...request, mostMonthly: 60_000 });
	const odd = await listOptions(database.db, {
		...request,
		mostMonthly: null,
		picks: { 'personal-instalments': { instalments: 7 } },
	});
	const find = (from: typeof listed) =>
		from.ok ? from.options.find(({ product }) => product.code === 'personal-instalments') : undefined;
	expect(find(listed)).toMatchObject({ choice: { instalments: 24 }, fit: 'fits' });
	expect(find(odd)).toMatchObject({ choice: { instalments: 18 }, fit: 'fits' });
});

test('a quote of another application is not found', async () => {
	const draft = await makeDraft(database.db, owner);
	const mine = (await findWholeApplication(database.db, owner))?.quote;
	const other = await makeDraft(database.db, await makeCardholder(database.db));
	expect(await findQuote(database.db, { quoteId: mine?.id ?? null, applicationId: draft.applicationId })).toBeDefined();
	expect(
		await findQuote(database.db, { quoteId: mine?.id ?? null, applicationId: other.applicationId }),
	).toBeUndefined();
});

test('an account that is being checked is given no plan and submits none', async () => {
	const draft = await makeDraft(database.db, owner);
	const run = await database.db.insertInto('import_run').defaultValues().returning('id').executeTakeFirstOrThrow();
	await database.db
		.insertInto('import_rejection')
		.values({
			import_run_id: run.id,
			file: 'postings.csv',
			line: 2,
			row_key: `row ${owner.accountId}`,
			account_id: owner.accountId,
			reason: 'bad_date',
			mended_at: null,
		})
		.execute();
	expect(await submit(draft)).toEqual({ ok: false, refusals: ['being_checked'] });
	expect(await choose({})).toEqual({ ok: false, refusal: 'being_checked' });
});
