import { beforeAll, beforeEach, expect, test } from 'vitest';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import { addDays } from '#lib/domain/day.ts';
import type { WaitingFor } from '#lib/domain/overview/figure.ts';
import { now, today } from '#lib/server/clock.ts';
import { readFigure } from '#lib/server/overview/read-figures.ts';
import { answerRequest } from '#lib/server/request/answer-request.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { holdReminders, releaseReminders } from '#lib/server/review/hold-reminders.ts';
import { readOverview } from '#lib/server/review/read-overview.ts';
import { requestMore } from '#lib/server/review/request-more.ts';
import { takeSecondLook } from '#lib/server/second-review/take-second-look.ts';
import { useEnv } from '../support/access.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';
import { DECLINE, declined, object } from '../support/objection.ts';
import { makeStaff } from '../support/staff.ts';

const database = useDatabase();
const DAY = 86_400_000;
const ago = (days: number) => new Date(now().getTime() - days * DAY);
const range = () => ({ from: addDays(today(), -20), to: today() });

beforeAll(() => useEnv());
/** Everything before is over long since, and leaves no trace in the counts. */
beforeEach(async () => {
	const { owner } = database;
	for (const table of ['contact_hold', 'information_item', 'information_request'] as const) {
		await owner.deleteFrom(table).execute();
	}
	const over = { closed_at: ago(30), queued_at: ago(31), paused_at: null, paused_until: null };
	await owner.updateTable('review').set(over).execute();
});

const ask = ({ order, applicationId }: Held) =>
	requestMore(database.db, {
		...order,
		applicationId,
		note: '',
		request: {
			items: [{ what: 'answer', kind: null, reason: 'to_understand', words: '您什么时候可以恢复工作？' }],
			dueOn: addWorkingDays(today(), 3, { holidays: [], workingDays: [] }),
			words: '',
		},
	});
const answer = ({ cardholderId, accountId, applicationId }: Held) =>
	answerRequest(database.db, {
		owner: { cardholderId, accountId },
		form: { applicationId, answers: [{ position: 1, text: '下个月。' }], deed: 'send' },
		at: now(),
	});
const hold = ({ order }: Held) =>
	holdReminders(database.db, { ...order, note: 'x', kind: 'dispute', until: addDays(today(), 9) });
const waitingFor = async (what: WaitingFor) =>
	(await readFigure(database.db, 'waiting', range())).find((row) => row.for === what);
/** Moves what is kept of a case's times back, so that it came so many days ago. */
const cameAgo = ({ applicationId }: Held, days: number, due: number) =>
	database.owner
		.updateTable('review')
		.set({ queued_at: ago(days), due_at: ago(due) })
		.where('application_id', '=', applicationId)
		.execute();

test('what the cardholder was asked for waits for them, with its day, and is no part of what waits for us', async () => {
	const held = await inHand(database.db);
	expect(await ask(held)).toMatchObject({ ok: true });
	const dueOn = addWorkingDays(today(), 3, { holidays: [], workingDays: [] });
	expect(await waitingFor('more_requested')).toEqual({
		for: 'more_requested',
		count: 1,
		oldest: today(),
		due: dueOn,
	});
	expect(await waitingFor('in_hand')).toMatchObject({ count: 0 });
	const { ages } = await readFigure(database.db, 'wait', range());
	expect(ages.every(({ inTime, late }) => inTime + late === 0)).toBe(true);
	const { aside } = await readOverview(database.db, { staffId: held.staffId });
	expect(aside).toMatchObject([{ reference: held.reference, why: 'more_requested', until: dueOn }]);
	expect(aside[0]?.staffName).toMatch(/^agent-/);
	await answer(held);
	expect(await waitingFor('more_requested')).toMatchObject({ count: 0 });
	expect(await waitingFor('agent')).toMatchObject({ count: 1 });
});

test('a case that is put aside waits for nobody and is not late, however long it was; then its clock goes on', async () => {
	const held = await inHand(database.db);
	await cameAgo(held, 60, 1);
	await hold(held);
	expect(await waitingFor('aside')).toMatchObject({ count: 1, oldest: today(), due: addDays(today(), 9) });
	expect((await readFigure(database.db, 'queue', range())).at(-1)?.open).toBe(0);
	const { ages } = await readFigure(database.db, 'wait', range());
	expect(ages.every(({ inTime, late }) => inTime + late === 0)).toBe(true);
	// It was put aside two days after it came, and taken up today.
	await database.owner
		.updateTable('review')
		.set({ paused_at: ago(58), due_at: ago(57) })
		.where('application_id', '=', held.applicationId)
		.execute();
	const staffId = await makeStaff(database.db, 'takes-up', 'supervisor');
	await releaseReminders(database.db, { staffId, applicationId: held.applicationId, fence: 0 });
	const { ages: after } = await readFigure(database.db, 'wait', range());
	const waited = after.filter(({ inTime, late }) => inTime + late > 0);
	expect(waited).toMatchObject([{ inTime: 1, late: 0 }]);
	expect(waited[0]?.days).toBeLessThanOrEqual(2);
});

test('late is who is past their own day, not who has waited longer than most are promised', async () => {
	const held = await inHand(database.db);
	await cameAgo(held, 15, -1);
	const sums = async () => {
		const { ages } = await readFigure(database.db, 'wait', range());
		return [ages.reduce((sum, age) => sum + age.inTime, 0), ages.reduce((sum, age) => sum + age.late, 0)];
	};
	expect(await sums()).toEqual([1, 0]);
	await cameAgo(held, 0, 1);
	expect(await sums()).toEqual([0, 1]);
});

/** How many were open at the end of days so long ago, where one came ten days ago and was away from the eighth to the sixth. */
const openOn = async () => {
	const spans = await readFigure(database.db, 'queue', range());
	const at = (days: number) => spans.find(({ to }) => to === addDays(today(), -days))?.open;
	return [11, 10, 9, 8, 7, 6, 5, 0].map(at);
};

test('while more was asked of its cardholder a case was not in the queue', async () => {
	const held = await inHand(database.db);
	await ask(held);
	await answer(held);
	await cameAgo(held, 10, 0);
	const away = { asked_at: ago(8), closed_at: ago(6) };
	await database.owner.updateTable('information_request').set(away).execute();
	expect(await openOn()).toEqual([0, 1, 1, 0, 0, 1, 1, 1]);
});

test('while it was put aside a case was not in the queue, and what ended meanwhile left it once', async () => {
	const held = await inHand(database.db);
	const { applicationId } = held;
	await hold(held);
	const staffId = await makeStaff(database.db, 'counts-holds', 'supervisor');
	await releaseReminders(database.db, { staffId, applicationId, fence: 0 });
	await cameAgo(held, 10, 0);
	const away = { at: ago(8), ended_at: ago(6) };
	await database.owner.updateTable('contact_hold').set(away).execute();
	expect(await openOn()).toEqual([0, 1, 1, 0, 0, 1, 1, 1]);
	const closed = { closed_at: ago(7) };
	await database.owner.updateTable('review').set(closed).where('application_id', '=', applicationId).execute();
	expect(await openOn()).toEqual([0, 1, 1, 0, 0, 0, 0, 0]);
});

test('what is objected to came twice and has left once', async () => {
	const held = await declined(database.db);
	await object(database.db, held);
	const sent = { submitted_at: ago(10) };
	await database.owner.updateTable('application').set(sent).where('id', '=', held.applicationId).execute();
	await cameAgo(held, 6, 0);
	const spans = await readFigure(database.db, 'queue', range());
	const on = (days: number) => spans.find((span) => span.to === addDays(today(), -days));
	expect([on(10)?.came, on(6)?.came, on(0)?.left, on(11)?.open, on(0)?.open]).toEqual([1, 1, 1, 0, 1]);
});

test('the share of blind second looks that agree is counted on the day on which they were taken', async () => {
	const staffId = await makeStaff(database.db, 'looks', 'supervisor');
	const look = async (agrees: boolean) => {
		const held = await inHand(database.db);
		await decideApplication(database.db, { ...held.order, ...DECLINE }, () => 0);
		const second = agrees ? { outcome: 'declined', reason: 'other' } : { outcome: 'approved', reason: null };
		const { applicationId } = held;
		expect(await takeSecondLook(database.db, { staffId, applicationId, note: '', ...second } as never)).toEqual({
			ok: true,
		});
	};
	for (const agrees of [true, true, false]) await look(agrees);
	expect(await readFigure(database.db, 'looks', range())).toEqual({ reviewed: 3, agreed: 2 });
	const before = { from: addDays(today(), -20), to: addDays(today(), -1) };
	expect(await readFigure(database.db, 'looks', before)).toEqual({ reviewed: 0, agreed: 0 });
});
