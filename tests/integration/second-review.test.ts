import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { now, today } from '#lib/server/clock.ts';
import { acceptOffer } from '#lib/server/offer/accept-offer.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { listSecondLooks, readSecondCase } from '#lib/server/second-review/read-second-case.ts';
import { readAgreement } from '#lib/server/second-review/read-agreement.ts';
import { takeSecondLook } from '#lib/server/second-review/take-second-look.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { codeFor, offerOrder, waitingOffer } from '../support/counter-offer.ts';
import { useDatabase } from '../support/database.ts';
import { DECLINE, object } from '../support/objection.ts';
import { makeStaff } from '../support/staff.ts';

const database = useDatabase();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

/** A case that was approved, and by the lot drawn for a second look or not. */
async function decided(lot: number): Promise<Held> {
	const held = await inHand(database.db);
	const outcome = await decideApplication(database.db, held.order, () => lot);
	if (!outcome.ok) throw new Error(outcome.refusal);
	return held;
}

const looksOf = async (staffId: string) =>
	(await listSecondLooks(database.db, staffId)).map(({ applicationId }) => applicationId);

test('five in a hundred are drawn, for supervisors who did not decide them', async () => {
	const [drawn, spared] = [await decided(499), await decided(500)];
	const staffId = await makeStaff(database.db, 'looks-again', 'supervisor');
	expect(await looksOf(staffId)).toEqual([drawn.applicationId]);
	// Documents are open to supervisors anyway: a second look opens them to nobody else.
	expect(await looksOf(spared.staffId)).toEqual([]);
	await database.db.updateTable('staff').set({ role: 'supervisor' }).where('id', '=', drawn.staffId).execute();
	expect(await looksOf(drawn.staffId)).toEqual([]);
	const own = { staffId: drawn.staffId, applicationId: drawn.applicationId };
	expect(await readSecondCase(database.db, own)).toBeUndefined();
	const look = { ...own, outcome: 'approved', reason: null, note: '' } as const;
	expect(await takeSecondLook(database.db, look)).toEqual({ ok: false, refusal: 'not_found' });
	const forced = database.db
		.updateTable('second_review')
		.set({ staff_id: own.staffId, outcome: 'approved', at: new Date() })
		.where('application_id', '=', own.applicationId);
	await expect(forced.execute()).rejects.toThrow('second look at what they decided');
});

test('a second look is blind, changes nothing, and counts towards the agreement', async () => {
	const [agrees, differs] = [await decided(0), await decided(0)];
	const staffId = await makeStaff(database.db, 'looks-blindly', 'supervisor');
	const it = await readSecondCase(database.db, { staffId, applicationId: agrees.applicationId });
	expect(it).toMatchObject({ reference: agrees.reference, owed: { principal: '12482.17' } });
	expect(JSON.stringify(it)).not.toMatch(/approved|我们同意您的分期方案|Payslips fit|decid/);
	const before = await readAgreement(database.db, { from: today(), to: today() });
	const look = { staffId, applicationId: agrees.applicationId, outcome: 'approved', reason: null, note: '' } as const;
	const outcomes = await Promise.all([1, 2].map(() => takeSecondLook(database.db, look)));
	expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	const other = { ...look, applicationId: differs.applicationId, outcome: 'declined' } as const;
	expect(await takeSecondLook(database.db, other)).toEqual({ ok: false, refusal: 'reason_needed' });
	expect(await takeSecondLook(database.db, { ...other, reason: 'able_to_pay' })).toEqual({ ok: true });
	const after = await readAgreement(database.db, { from: today(), to: today() });
	expect([after.reviewed - before.reviewed, after.agreed - before.agreed]).toEqual([2, 1]);
	const { status } = await database.db
		.selectFrom('application')
		.select('status')
		.where('id', '=', differs.applicationId)
		.executeTakeFirstOrThrow();
	expect(status).toBe('approved');
});

/** A page of the case that came at an instant. */
const bring = ({ applicationId, cardholderId }: Held, kind: string, received_at: Date) =>
	database.owner
		.insertInto('evidence')
		.values({
			application_id: applicationId,
			cardholder_id: cardholderId,
			kind,
			received_at,
			file_name: 'photo.jpg',
			content_type: 'image/jpeg',
			byte_size: 1,
			sha256: Buffer.alloc(32),
			storage_key: randomBytes(16).toString('hex'),
		})
		.execute();

test('what came after the decision is not shown: neither the plan of an accepted offer nor a later page', async () => {
	const { db } = database;
	const held = await inHand(db);
	const { applicationId, cardholderId, accountId, staffId } = held;
	await bring(held, 'payslip', new Date(now().getTime() - 60_000));
	const { fence } = held.order;
	const offered = await offerOrder(db, { applicationId, accountId, staffId, fence });
	expect(await decideApplication(db, offered, () => 0)).toMatchObject({ ok: true });
	const owner = { cardholderId, accountId };
	const offer = await waitingOffer(db, owner);
	const code = await codeFor(db, owner, offer);
	const shown = { owner, offerId: offer.id, termsHash: offer.quote.termsHash, at: now() };
	expect(await acceptOffer(db, { ...shown, code })).toEqual({ ok: true });
	await bring(held, 'tax_record', new Date(now().getTime() + 60_000));
	const looks = await makeStaff(db, 'looks-back', 'supervisor');
	const it = await readSecondCase(db, { staffId: looks, applicationId });
	expect([offer.quote.plan.instalments, it?.quote?.plan.instalments]).toEqual([24, 12]);
	expect(it?.evidence.map(({ kind }) => kind)).toEqual(['payslip']);
	expect(JSON.stringify(it)).not.toMatch(/counter|decid|这个方案每月少还一些|A longer term/);
});

test('what is in the queue again is looked at there: no second look tells of an objection', async () => {
	const held = await inHand(database.db);
	const { applicationId } = held;
	await decideApplication(database.db, { ...held.order, ...DECLINE }, () => 0);
	const staffId = await makeStaff(database.db, 'looks-elsewhere', 'supervisor');
	expect(await readSecondCase(database.db, { staffId, applicationId })).toBeDefined();
	await object(database.db, held);
	expect(await readSecondCase(database.db, { staffId, applicationId })).toBeUndefined();
	const look = { staffId, applicationId, outcome: 'approved', reason: null, note: '' } as const;
	expect(await takeSecondLook(database.db, look)).toEqual({ ok: false, refusal: 'not_found' });
});
