import { beforeAll, expect, test } from 'vitest';
import { choosePlan } from '#lib/server/application/choose-plan.ts';
import { findCurrentApplication } from '#lib/server/application/draft.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { findProduct } from '#lib/server/plan/read-products.ts';
import { previewChange } from '#lib/server/product/preview-change.ts';
import { useDatabase } from '../support/database.ts';
import { publishChange } from '../support/product.ts';
import { makeStaff } from '../support/staff.ts';
import { makeOverdueAccount, makeSubmittedApplication } from '../support/submitted-application.ts';

const database = useDatabase();
const code = 'personal-instalments';
let maker = '';
let checker = '';

beforeAll(async () => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	maker = await makeStaff(database.db, 'ines', 'admin');
	checker = await makeStaff(database.db, 'hai', 'admin');
});

/** A draft that holds a quote of twelve instalments of the product's first version. */
async function draftOf(n: number) {
	const { cardholderId, accountId } = await makeOverdueAccount(database.db, n);
	const owner = { cardholderId, accountId };
	const form = { reason: 'illness_or_injury', circumstances: '', budget: { wages: '6000' } };
	const saved = await saveHardship(database.db, { owner, form, locale: 'zh-CN', at: now() });
	if (!saved.ok) throw new Error(saved.refusal);
	const pick = { productCode: code, productVersion: 1, choice: { instalments: 12, deferralMonths: 0 } };
	const chosen = await choosePlan(database.db, { owner, pick, today: today(), at: now() });
	if (!chosen.ok) throw new Error(chosen.refusal);
	return owner;
}

test('what a change would do is counted before it is done, and done it is: drafts are asked again, the rest keep their terms', async () => {
	const submitted = await makeSubmittedApplication(database.db, 1);
	const owner = await draftOf(2);
	const before = (await findProduct(database.db, code, 1)) ?? null;
	if (!before) throw new Error('no product');
	const dearer = { ...before, version: 2, periodicRate: { numerator: 5, denominator: 1000 } };
	const preview = await previewChange(database.db, { code, before, after: dearer, today: today() });
	expect(preview).toMatchObject({ drafts: 1, holding: 1, holdingKept: 1, dearer: 1, openNow: 1, openThen: 1 });
	expect(preview.underWay).toBe(1);
	expect(preview.totalCost!.after.median).toBeGreaterThan(preview.totalCost!.before.median);
	const narrower = { ...dearer, instalments: [6], eligibility: { ...dearer.eligibility, daysPastDueFrom: 300 } };
	expect(await previewChange(database.db, { code, before, after: narrower, today: today() })).toMatchObject({
		holdingKept: 0,
		holdingLost: [{ because: 'too_early', count: 1 }],
		openThen: 0,
	});

	const quoteOf = async (accountId: string) =>
		database.db.selectFrom('quote').selectAll().where('account_id', '=', accountId).execute();
	const quotes = await quoteOf(submitted.accountId);
	await publishChange(database.db, { maker, checker, code, baseVersion: 1 }, { periodicRate: '0.005' });

	const draft = await findCurrentApplication(database.db, owner);
	const form = { applicationId: draft?.id ?? '', version: draft?.version ?? 0, consent: true };
	expect(await submitApplication(database.db, { owner, form, today: today(), at: now() })).toEqual({
		ok: false,
		refusals: ['plan_not_offered'],
	});
	expect(await quoteOf(submitted.accountId)).toEqual(quotes);
	const kept = await database.db
		.selectFrom('application')
		.select(['status', 'quote_id'])
		.where('id', '=', submitted.applicationId)
		.executeTakeFirstOrThrow();
	expect(kept).toEqual({ status: 'submitted', quote_id: quotes[0]?.id });
});
