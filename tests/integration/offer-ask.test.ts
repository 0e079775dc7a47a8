import { beforeAll, expect, test } from 'vitest';
import { askForOffer } from '#lib/server/application/ask-for-offer.ts';
import { choosePlan } from '#lib/server/application/choose-plan.ts';
import { findCurrentApplication, type Owner } from '#lib/server/application/draft.ts';
import { readCheck } from '#lib/server/application/read-check.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { findCaseAccess } from '#lib/server/review/case-access.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { listQueue } from '#lib/server/review/list-queue.ts';
import { getCase } from '#lib/server/review/read-case.ts';
import { CHECKS } from '../support/checks.ts';
import { listBreaches } from '../support/breaches.ts';
import { offerOrder } from '../support/counter-offer.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';
import { makeOverdueAccount } from '../support/submitted-application.ts';

const database = useDatabase();
beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

let made = 0;

async function makeAsking(): Promise<Owner> {
	const { cardholderId, accountId } = await makeOverdueAccount(database.db, ++made);
	const owner = { cardholderId, accountId };
	const form = { reason: 'disaster', circumstances: '', budget: { wages: '2000', housing: '1900' } };
	await saveHardship(database.db, { owner, form, locale: 'zh-CN', at: now() });
	expect(await askForOffer(database.db, { owner, at: now() })).toEqual({ ok: true });
	return owner;
}

async function submit(owner: Owner) {
	const draft = await findCurrentApplication(database.db, owner);
	const form = { applicationId: draft?.id ?? '', version: draft?.version ?? 0, consent: true };
	const outcome = await submitApplication(database.db, { owner, form, today: today(), at: now() });
	return { outcome, applicationId: form.applicationId };
}

const pick = { productCode: 'personal-instalments', productVersion: 1, choice: { instalments: 12, deferralMonths: 0 } };

test('who asks for an offer reaches the queue without a plan, and the desk says so', async () => {
	const owner = await makeAsking();
	const check = await readCheck(database.db, { owner, today: today(), at: now() });
	expect(check?.application).toMatchObject({ wantsOffer: true, quote: undefined });
	expect((await submit(owner)).outcome).toMatchObject({ ok: true });
	const staffId = await makeStaff(database.db, 'asks');
	const { lines } = await listQueue(database.db, { staffId });
	expect(lines.map(({ wantsOffer, amount }) => [wantsOffer, amount])).toEqual([[true, undefined]]);
	expect(await listBreaches(database.db)).toEqual([]);
});

test('without a plan and without asking nothing is submitted', async () => {
	const { cardholderId, accountId } = await makeOverdueAccount(database.db, ++made);
	const owner = { cardholderId, accountId };
	const form = { reason: 'disaster', circumstances: '', budget: {} };
	await saveHardship(database.db, { owner, form, locale: 'zh-CN', at: now() });
	expect((await submit(owner)).outcome).toEqual({ ok: false, refusals: ['plan_missing'] });
});

test('choosing a plan takes the question back, and asking takes the plan back', async () => {
	const owner = await makeAsking();
	expect(await choosePlan(database.db, { owner, pick, today: today(), at: now() })).toMatchObject({ ok: true });
	const chosen = await findCurrentApplication(database.db, owner);
	expect(chosen?.wantsOffer).toBe(false);
	expect(chosen?.quoteId).not.toBeNull();
	await askForOffer(database.db, { owner, at: now() });
	expect(await findCurrentApplication(database.db, owner)).toMatchObject({ wantsOffer: true, quoteId: null });
});

test('what holds no plan is not approved; it is offered one, or declined', async () => {
	const db = database.db;
	await db.updateTable('review').set({ closed_at: now() }).where('closed_at', 'is', null).execute();
	const owner = await makeAsking();
	const { applicationId } = await submit(owner);
	const staffId = await makeStaff(db, 'approves');
	const claim = await claimNext(db, { staffId });
	const fence = claim?.fence ?? 0;
	const access = await findCaseAccess(db, { applicationId, staff: { id: staffId, role: 'agent' } });
	const shown = access && (await getCase(db, access, staffId));
	expect(shown?.offerable.map(({ productCode }) => productCode)).toContain('personal-instalments');
	const offer = await offerOrder(db, { applicationId, accountId: owner.accountId, staffId, fence });
	expect(await decideApplication(db, { ...offer, outcome: 'approved', checked: CHECKS })).toEqual({
		ok: false,
		refusal: 'plan_missing',
	});
	expect(await decideApplication(db, offer)).toMatchObject({ ok: true });
	expect((await findCurrentApplication(db, owner))?.status).toBe('counter_offered');
	const { inputs } = await db
		.selectFrom('decision')
		.select('inputs')
		.where('application_id', '=', applicationId)
		.executeTakeFirstOrThrow();
	expect(inputs).toMatchObject({ quote: null, offer: { termsHash: offer.offer?.termsHash } });
});

test('what holds no plan can be declined', async () => {
	const db = database.db;
	await db.updateTable('review').set({ closed_at: now() }).where('closed_at', 'is', null).execute();
	const owner = await makeAsking();
	const { applicationId } = await submit(owner);
	const staffId = await makeStaff(db, 'declines');
	const claim = await claimNext(db, { staffId });
	const order = await offerOrder(db, { applicationId, accountId: owner.accountId, staffId, fence: claim?.fence ?? 0 });
	const declined = { ...order, outcome: 'declined', reason: 'able_to_pay', checked: [], offer: null } as const;
	expect(await decideApplication(db, declined)).toMatchObject({ ok: true });
	expect((await findCurrentApplication(db, owner))?.status).toBe('declined');
});
