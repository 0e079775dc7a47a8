import { beforeAll, expect, test } from 'vitest';
import { addDays } from '#lib/domain/day.ts';
import { createAccessLink } from '#lib/server/access/create-access-link.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { findStandingHold } from '#lib/server/contact-hold/read-hold.ts';
import { deliverMessage } from '#lib/server/message/deliver-message.ts';
import { queueReminders } from '#lib/server/message/queue-reminders.ts';
import { claimAgain } from '#lib/server/review/claim-again.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { endHolds } from '#lib/server/review/end-holds.ts';
import { holdReminders, releaseReminders } from '#lib/server/review/hold-reminders.ts';
import { listQueue } from '#lib/server/review/list-queue.ts';
import { readOverview } from '#lib/server/review/read-overview.ts';
import { referReview } from '#lib/server/review/refer-review.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';
import { confirmedSession, makeStaff } from '../support/staff.ts';

const database = useDatabase();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	process.env['ORIGIN'] ??= 'https://portal.example';
});

const heldBy = ({ order }: Held) => ({
	staffId: order.staffId,
	applicationId: order.applicationId,
	fence: order.fence,
	note: 'Says that the purchase was not theirs.',
});
const hold = (held: Held, until = addDays(today(), 30)) =>
	holdReminders(database.db, { ...heldBy(held), kind: 'dispute', until });
const dryRun = async () => {
	const actor = { kind: 'command', id: null } as const;
	const { leftOut } = await queueReminders(database.db, { asOf: today(), dryRun: true, actor });
	return Object.fromEntries(leftOut.map(({ reason, accountIds }) => [reason, accountIds]));
};
const reviewOf = ({ applicationId }: Held) =>
	database.db.selectFrom('review').selectAll().where('application_id', '=', applicationId).executeTakeFirstOrThrow();

test('while a hold stands no reminder is queued or handed over, and nobody is given the case', async () => {
	const held = await inHand(database.db);
	const { accountId } = held;
	await database.db
		.transaction()
		.execute((trx) => createAccessLink(trx, { accountId, actor: { kind: 'command', id: null }, template: 'reminder' }));
	expect(await hold(held)).toEqual({ ok: true });
	expect((await dryRun())['on_hold']).toContain(accountId);
	const { id } = await database.db
		.selectFrom('outbox_message')
		.select('id')
		.where('account_id', '=', accountId)
		.where('template', '=', 'reminder')
		.executeTakeFirstOrThrow();
	const delivered = await deliverMessage(database.db, id);
	expect(['dropped', 'waits']).toContain(delivered.outcome);
	for (const role of ['agent', 'supervisor'] as const) {
		expect(
			await claimNext(database.db, { staffId: await makeStaff(database.db, `idle-${role}`, role) }),
		).toBeUndefined();
	}
});

test('a hold ends when its last day is over, and its case goes on where it stood with its clock moved on', async () => {
	const held = await inHand(database.db);
	await hold(held);
	const before = await reviewOf(held);
	const set = (until: string) =>
		database.owner.updateTable('contact_hold').set({ until }).where('account_id', '=', held.accountId).execute();
	await set(today());
	await endHolds(database.db);
	expect(await findStandingHold(database.db, held.accountId)).toMatchObject({ kind: 'dispute' });
	await set(addDays(today(), -1));
	await database.owner
		.updateTable('review')
		.set({ paused_at: new Date(Date.now() - 86_400_000) })
		.where('application_id', '=', held.applicationId)
		.execute();
	await Promise.all([endHolds(database.db), endHolds(database.db)]);
	const after = await reviewOf(held);
	expect(after.paused_at).toBeNull();
	expect(Math.round((after.due_at.getTime() - before.due_at.getTime()) / 3_600_000)).toBe(24);
	expect((await dryRun())['on_hold'] ?? []).not.toContain(held.accountId);
	const next = await claimNext(database.db, { staffId: await makeStaff(database.db, 'after-hold') });
	expect(next?.applicationId).toBe(held.applicationId);
});

test('a hold has a last day within ninety days and a note, stands once, and whoever has the case in hand ends it', async () => {
	const held = await inHand(database.db);
	for (const until of [today(), addDays(today(), 91), 'soon']) {
		expect(await hold(held, until)).toEqual({ ok: false, refusal: 'hold_day_wrong' });
	}
	const silent = { ...heldBy(held), note: ' ', kind: 'dispute', until: addDays(today(), 5) } as const;
	expect(await holdReminders(database.db, silent)).toEqual({ ok: false, refusal: 'note_missing' });
	expect(await hold(held)).toEqual({ ok: true });
	expect(await hold(held)).toEqual({ ok: false, refusal: 'status_changed' });
	expect(await releaseReminders(database.db, heldBy(held))).toMatchObject({ ok: false });
	const other = await takenUp(held);
	expect(await holdReminders(database.db, { ...silent, ...other, note: 'n' })).toMatchObject({
		refusal: 'hold_standing',
	});
	expect(await releaseReminders(database.db, other)).toEqual({ ok: true });
	expect(await findStandingHold(database.db, held.accountId)).toBeUndefined();
	expect(await reviewOf(held)).toMatchObject({ paused_at: null, paused_until: null });
});

/** The case in the hands of a supervisor who wants to look into it. */
async function takenUp(held: Held) {
	const staffId = await makeStaff(database.db, 'looks-into-it', 'supervisor');
	const taken = await claimAgain(database.db, { staffId, applicationId: held.applicationId });
	return { ...heldBy(held), staffId, fence: taken.ok ? taken.claim.fence : 0 };
}

test('a supervisor who ends a hold has not chosen the case: they are given it like anybody, and decide it', async () => {
	const held = await inHand(database.db);
	await hold(held);
	const staffId = await makeStaff(database.db, 'ends-it', 'supervisor');
	const { applicationId } = held;
	expect(await releaseReminders(database.db, { staffId, applicationId, fence: 0 })).toEqual({ ok: true });
	expect(await reviewOf(held)).toMatchObject({ paused_at: null, lease_expires_at: null });
	const takings = await database.db
		.selectFrom('review_taking')
		.select('staff_id')
		.where('application_id', '=', applicationId)
		.execute();
	expect(takings).toEqual([{ staff_id: held.staffId }]);
	const claim = await claimNext(database.db, { staffId });
	expect(claim?.applicationId).toBe(applicationId);
	const sessionId = await confirmedSession(database.db, staffId);
	const order = { ...held.order, staffId, sessionId, fence: claim?.fence ?? 0 };
	const { version } = await database.db
		.selectFrom('application')
		.select('version')
		.where('id', '=', applicationId)
		.executeTakeFirstOrThrow();
	const decided = await decideApplication(database.db, { ...order, seen: { ...order.seen, version } });
	expect(decided).toMatchObject({ ok: true, step: 'decided' });
});

test('what is put aside is neither open nor late; a case that is closed meanwhile is put aside no more', async () => {
	const held = await inHand(database.db);
	const { applicationId, cardholderId, accountId, reference } = held;
	const due_at = new Date(Date.now() - 60_000);
	await database.owner.updateTable('review').set({ due_at }).where('application_id', '=', applicationId).execute();
	const staffId = await makeStaff(database.db, 'oversees', 'supervisor');
	const counts = async () => {
		const { open, late, held: aside, oldestQueuedAt } = await listQueue(database.db, { staffId });
		return { open, late, aside, isOldest: oldestQueuedAt !== null };
	};
	expect(await counts()).toEqual({ open: 1, late: 1, aside: 0, isOldest: true });
	await hold(held);
	expect(await counts()).toEqual({ open: 0, late: 0, aside: 1, isOldest: false });
	const { aside, inHand: taken } = await readOverview(database.db, { staffId });
	expect([aside, taken]).toMatchObject([[{ reference, why: 'held', until: addDays(today(), 30) }], []]);
	await withdrawApplication(database.db, { owner: { cardholderId, accountId }, applicationId, at: now() });
	expect(await counts()).toEqual({ open: 0, late: 0, aside: 0, isOldest: false });
	expect(await reviewOf(held)).toMatchObject({ paused_at: null, paused_until: null });
});

test('what is referred is given to supervisors alone, not to its agent or another', async () => {
	const held = await inHand(database.db);
	expect(await referReview(database.db, { ...heldBy(held), note: '' })).toEqual({ ok: false, refusal: 'note_missing' });
	expect(await referReview(database.db, heldBy(held))).toEqual({ ok: true });
	const { staffId, applicationId } = held.order;
	expect(await claimNext(database.db, { staffId })).toBeUndefined();
	expect(await claimNext(database.db, { staffId: await makeStaff(database.db, 'other-agent') })).toBeUndefined();
	expect(await claimAgain(database.db, { staffId, applicationId })).toMatchObject({ ok: false });
	const supervisor = await makeStaff(database.db, 'over-them', 'supervisor');
	expect((await claimNext(database.db, { staffId: supervisor }))?.applicationId).toBe(applicationId);
	await database.owner
		.updateTable('review')
		.set({ lease_expires_at: new Date(0) })
		.execute();
	expect(await claimNext(database.db, { staffId: await makeStaff(database.db, 'third-agent') })).toBeUndefined();
});
