import { beforeAll, expect, test } from 'vitest';
import { now } from '#lib/server/clock.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { inHand, tracesOf, UNDECIDED } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';
import { confirmedSession, makeStaff } from '../support/staff.ts';

const database = useDatabase();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

test('an expired lease decides nothing, and once another took the application the first is told so', async () => {
	const held = await inHand(database.db);
	await database.db
		.updateTable('review')
		.set({ lease_expires_at: new Date(now().getTime() - 1000) })
		.where('application_id', '=', held.applicationId)
		.execute();
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'lease_lost' });
	const other = await makeStaff(database.db, `other-of-${held.staffId}`);
	const claim = await claimNext(database.db, { staffId: other });
	expect(claim?.applicationId).toBe(held.applicationId);
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'taken_by_other' });
	const stale = { ...held.order, staffId: other, sessionId: await confirmedSession(database.db, other) };
	expect(await decideApplication(database.db, stale)).toEqual({ ok: false, refusal: 'stale_fence' });
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
	expect(await decideApplication(database.db, { ...stale, fence: claim?.fence ?? 0 })).toMatchObject({ ok: true });
});

test('who had a hand in an application decides nothing: the rule refuses it', async () => {
	const held = await inHand(database.db);
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
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
});

test('who had a hand in an application decides nothing: the database refuses it too', async () => {
	const held = await inHand(database.db);
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
	const own = await makeStaff(database.db, `own-${held.staffId}`, 'agent', held.cardholderId);
	for (const staffId of [held.staffId, own]) {
		const insert = database.db.insertInto('decision').values({ ...decision, staff_id: staffId });
		await expect(insert.execute()).rejects.toThrow('nobody decides an application they had a hand in making');
	}
});

test('support, admin and whoever was disabled meanwhile decide nothing', async () => {
	const held = await inHand(database.db);
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
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
});
