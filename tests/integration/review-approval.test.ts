import { beforeAll, expect, test } from 'vitest';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { releaseReview } from '#lib/server/review/release-review.ts';
import { listBreaches } from '../support/breaches.ts';
import { type Held, inHand, tracesOf, UNDECIDED } from '../support/case-in-hand.ts';
import { LONGER, offerOrder } from '../support/counter-offer.ts';
import { useDatabase } from '../support/database.ts';
import { askForSecond, proposed, takenBySupervisor } from '../support/second-approver.ts';
import { makeStaff } from '../support/staff.ts';
import { makeSubmittedApplication } from '../support/submitted-application.ts';

const database = useDatabase();

beforeAll(async () => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	await askForSecond(database, true);
});

const approvalsOf = ({ applicationId }: Held) =>
	database.db
		.selectFrom('approval')
		.select(['proposes', 'first_staff_id as first', 'closed_as as end', 'closed_by as endedBy', 'words', 'note'])
		.where('application_id', '=', applicationId)
		.orderBy('proposed_at')
		.execute();

const decisionsOf = ({ applicationId }: Held) =>
	database.db
		.selectFrom('decision')
		.select(['outcome', 'staff_id as second', 'first_staff_id as first'])
		.where('application_id', '=', applicationId)
		.orderBy('decided_at')
		.execute();

const actionsOf = async ({ applicationId }: Held) => {
	const rows = await database.db
		.selectFrom('audit_log')
		.select('action')
		.where('subject_id', '=', applicationId)
		.where('action', 'like', 'approval.%')
		.orderBy('id')
		.execute();
	return rows.map(({ action }) => action);
};

test('from the product’s amount on the first decision is kept and decides nothing, and two people’s is one with both names', async () => {
	const held = await proposed(database.db);
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
	expect(await approvalsOf(held)).toMatchObject([
		{ proposes: 'approved', first: held.staffId, end: null, words: held.order.words, note: held.order.note },
	]);
	const second = await takenBySupervisor(database.db, held.order);
	expect(second.applicationId).toBe(held.applicationId);
	expect(await decideApplication(database.db, second.order)).toMatchObject({ ok: true, step: 'seconded' });
	expect(await decisionsOf(held)).toEqual([{ outcome: 'approved', second: second.staffId, first: held.staffId }]);
	expect(await approvalsOf(held)).toMatchObject([{ end: 'given', endedBy: second.staffId }]);
	expect(await tracesOf(database.db, held)).toMatchObject({
		status: 'approved',
		isClosed: true,
		messages: ['application_approved'],
		audited: 1,
	});
	expect(await actionsOf(held)).toEqual(['approval.proposed', 'approval.given']);
	expect((await listBreaches(database.db)).filter(({ record }) => record.includes(held.reference))).toEqual([]);
});

test('what waits for a second approver is given to supervisors, before older cases, and never to who proposed it', async () => {
	const held = await proposed(database.db);
	const agent = await makeStaff(database.db, `agent-beside-${held.staffId}`);
	expect(await claimNext(database.db, { staffId: agent })).toBeUndefined();
	await database.db.updateTable('staff').set({ role: 'supervisor' }).where('id', '=', held.staffId).execute();
	expect(await claimNext(database.db, { staffId: held.staffId })).toBeUndefined();
	const stranger = await makeStaff(database.db, `own-second-${held.staffId}`, 'supervisor', held.cardholderId);
	expect(await claimNext(database.db, { staffId: stranger })).toBeUndefined();
	const older = await makeSubmittedApplication(database.db, 9001);
	await database.db
		.updateTable('review')
		.set({ queued_at: new Date('2026-01-01T00:00:00Z') })
		.where('application_id', '=', older.applicationId)
		.execute();
	const second = await takenBySupervisor(database.db, held.order);
	expect(second.applicationId).toBe(held.applicationId);
});

test('who decided first decides no second time, not even holding the case', async () => {
	const held = await proposed(database.db);
	const { fence } = await database.db
		.updateTable('review')
		.set({ staff_id: held.staffId, lease_expires_at: new Date(now().getTime() + 600_000) })
		.where('application_id', '=', held.applicationId)
		.returning('fence')
		.executeTakeFirstOrThrow();
	for (const role of ['agent', 'supervisor'] as const) {
		await database.db.updateTable('staff').set({ role }).where('id', '=', held.staffId).execute();
		const again = await decideApplication(database.db, { ...held.order, fence });
		expect(again).toEqual({ ok: false, refusal: 'own_proposal' });
	}
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
});

test('the second sends it back with a note: the proposal ends, and anybody may take the case anew', async () => {
	const held = await proposed(database.db);
	const { staffId, fence } = await takenBySupervisor(database.db, held.order);
	const of = { staffId, applicationId: held.applicationId, fence, returns: true };
	expect(await releaseReview(database.db, { ...of, note: ' ' })).toEqual({ ok: false, refusal: 'note_missing' });
	expect(await releaseReview(database.db, { ...of, note: 'The payslip is of last year.' })).toEqual({ ok: true });
	expect(await approvalsOf(held)).toMatchObject([{ end: 'returned', endedBy: staffId }]);
	expect((await claimNext(database.db, { staffId: held.staffId }))?.applicationId).toBe(held.applicationId);
	expect(await actionsOf(held)).toEqual(['approval.proposed', 'approval.returned']);
});

test('the second decides otherwise: what was proposed ends, and declining takes one', async () => {
	const held = await proposed(database.db);
	const second = await takenBySupervisor(database.db, held.order);
	const declined = { ...second.order, outcome: 'declined', reason: 'evidence_not_readable' } as const;
	expect(await decideApplication(database.db, declined)).toMatchObject({ ok: true, step: 'decided' });
	expect(await approvalsOf(held)).toMatchObject([{ end: 'overruled', endedBy: second.staffId }]);
	expect(await decisionsOf(held)).toEqual([{ outcome: 'declined', second: second.staffId, first: null }]);
});

test('an offer of the amount takes two as well, and another plan of the second is a first again', async () => {
	const held = await inHand(database.db);
	const offer = await offerOrder(database.db, { ...held, fence: held.order.fence });
	expect(await decideApplication(database.db, offer)).toMatchObject({ ok: true, step: 'proposed' });
	const second = await takenBySupervisor(database.db, held.order);
	const pick = { ...LONGER, choice: { instalments: 36, deferralMonths: 0 } };
	const other = await offerOrder(database.db, { ...held, ...second }, pick);
	expect(await decideApplication(database.db, other)).toMatchObject({ ok: true, step: 'proposed' });
	expect(await approvalsOf(held)).toMatchObject([{ end: 'overruled' }, { first: second.staffId, end: null }]);
	const third = await takenBySupervisor(database.db, held.order);
	const same = await offerOrder(database.db, { ...held, ...third }, pick);
	expect(await decideApplication(database.db, same)).toMatchObject({ ok: true, step: 'seconded' });
	expect(await decisionsOf(held)).toEqual([
		{ outcome: 'counter_offered', second: third.staffId, first: second.staffId },
	]);
	expect((await listBreaches(database.db)).filter(({ record }) => record.includes(held.reference))).toEqual([]);
});

test('a payment after the first decision ends it: at the latest where the second confirms', async () => {
	const held = await proposed(database.db);
	const second = await takenBySupervisor(database.db, held.order);
	const { seq } = await database.db
		.insertInto('posting')
		.values({ account_id: held.accountId, id: 'paid since', posted_on: today(), kind: 'payment', amount: 50_000 })
		.returning('seq')
		.executeTakeFirstOrThrow();
	const seen = { ...held.order.seen, postingMark: seq };
	const late = { ...second.order, seen };
	expect(await decideApplication(database.db, late)).toEqual({ ok: false, refusal: 'proposal_changed' });
	expect(await approvalsOf(held)).toMatchObject([{ end: 'changed' }]);
	expect(await decideApplication(database.db, late)).toMatchObject({ ok: true, step: 'proposed' });
});

test('a payment after the first decision ends it: where a supervisor takes the case', async () => {
	const held = await proposed(database.db);
	await database.db
		.insertInto('posting')
		.values({ account_id: held.accountId, id: 'paid before', posted_on: today(), kind: 'payment', amount: 50_000 })
		.execute();
	const second = await takenBySupervisor(database.db, held.order);
	expect(second.applicationId).toBe(held.applicationId);
	expect(await approvalsOf(held)).toMatchObject([{ end: 'changed', endedBy: second.staffId }]);
});

test('what its cardholder withdraws takes the proposal along', async () => {
	const held = await proposed(database.db);
	const { cardholderId, accountId, applicationId } = held;
	await withdrawApplication(database.db, { owner: { cardholderId, accountId }, applicationId, at: now() });
	expect(await approvalsOf(held)).toMatchObject([{ end: 'withdrawn', endedBy: null }]);
});
