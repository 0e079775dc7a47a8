import { beforeAll, expect, test } from 'vitest';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import { addDays, dayIn } from '#lib/domain/day.ts';
import { LONGEST_OBJECTION } from '#lib/domain/review/objection.ts';
import { lockOrBeginDraft } from '#lib/server/application/draft.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { findWaited } from '#lib/server/review/find-waited.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { reorderQueue } from '#lib/server/review/reorder-queue.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { listBreaches } from '../support/breaches.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';
import { DECLINE, declined, object, takenByAnother } from '../support/objection.ts';

const database = useDatabase();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

/** Broken promises about the case; other tests close reviews by hand. */
async function breachesOf({ reference }: Held): Promise<string[]> {
	const breaches = await listBreaches(database.db);
	return breaches.filter(({ record }) => record.includes(reference)).map(({ promise }) => promise);
}

async function stateOf({ applicationId }: Held) {
	const application = await database.db
		.selectFrom('application as a')
		.innerJoin('review as r', 'r.application_id', 'a.id')
		.select(['a.status', 'a.decided_at', 'r.closed_at', 'r.due_at'])
		.where('a.id', '=', applicationId)
		.executeTakeFirstOrThrow();
	const objections = await database.db
		.selectFrom('objection')
		.select(['words', 'answer_by', 'outcome'])
		.where('application_id', '=', applicationId)
		.execute();
	const messages = await database.db
		.selectFrom('outbox_message')
		.select('template')
		.where('application_id', '=', applicationId)
		.orderBy('created_at')
		.execute();
	return {
		status: application.status,
		isDecided: application.decided_at !== null,
		isQueued: application.closed_at === null,
		dueOn: dayIn(application.due_at, 'Asia/Shanghai'),
		objections,
		messages: messages.map(({ template }) => template),
	};
}

test('an objection puts the application back into the queue with its day, its message and the words', async () => {
	const held = await declined(database.db);
	expect(await object(database.db, held)).toEqual({ ok: true });
	const answerBy = addWorkingDays(today(), 5, await readWorkCalendar(database.db));
	expect(await stateOf(held)).toEqual({
		status: 'submitted',
		isDecided: false,
		isQueued: true,
		dueOn: answerBy,
		objections: [{ words: '我的工资在上个月减半。', answer_by: answerBy, outcome: null }],
		messages: ['application_received', 'application_declined', 'objection_received'],
	});
	expect(await breachesOf(held)).toEqual([]);
});

test('whoever decided never gets it again, and the database refuses their decision too', async () => {
	const held = await declined(database.db);
	await object(database.db, held);
	expect(await claimNext(database.db, { staffId: held.staffId })).toBeUndefined();
	const other = await takenByAnother(database.db, held);
	expect(await decideApplication(database.db, { ...held.order, fence: other.fence })).toEqual({
		ok: false,
		refusal: 'decided_before',
	});
	const forced = database.db.insertInto('decision').values({
		application_id: held.applicationId,
		staff_id: held.staffId,
		fence: held.order.fence,
		outcome: 'approved',
		inputs: '{}',
	});
	await expect(forced.execute()).rejects.toThrow('had a hand');
	expect(await decideApplication(database.db, other)).toMatchObject({ ok: true, step: 'decided' });
});

test('another decision answers it: a plan is a change, a decline upholds the first and is final', async () => {
	const changed = await declined(database.db);
	await object(database.db, changed);
	await decideApplication(database.db, await takenByAnother(database.db, changed));
	expect(await stateOf(changed)).toMatchObject({ status: 'approved', objections: [{ outcome: 'changed' }] });

	const upheld = await declined(database.db);
	await object(database.db, upheld);
	const again = { ...(await takenByAnother(database.db, upheld)), ...DECLINE };
	expect(await decideApplication(database.db, again)).toMatchObject({ ok: true });
	expect(await stateOf(upheld)).toMatchObject({
		status: 'declined',
		isDecided: true,
		isQueued: false,
		objections: [{ outcome: 'upheld' }],
		messages: ['application_received', 'application_declined', 'objection_received', 'application_declined'],
	});
	expect(await object(database.db, upheld, { words: 'once more' })).toEqual({ ok: false, refusal: 'already_objected' });
	expect([...(await breachesOf(upheld)), ...(await breachesOf(changed))]).toEqual([]);
});

test('sent three times at once it is one objection', async () => {
	const held = await declined(database.db);
	const outcomes = await Promise.all([1, 2, 3].map(() => object(database.db, held)));
	expect(outcomes).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
	const { objections, messages } = await stateOf(held);
	expect([objections.length, messages.filter((template) => template === 'objection_received').length]).toEqual([1, 1]);
});

test('what cannot be objected to is refused with its reason, and nothing is written', async () => {
	const held = await declined(database.db);
	const refusals = [
		await object(database.db, held, { words: ' \n ' }),
		await object(database.db, held, { words: '长'.repeat(LONGEST_OBJECTION + 1) }),
		await object(database.db, held, { today: addDays(today(), 31) }),
		await object(database.db, { ...held, cardholderId: 'C-else' }),
	];
	const words = refusals.map((outcome) => (outcome.ok ? 'ok' : outcome.refusal));
	expect(words).toEqual(['words_missing', 'words_long', 'too_late', 'not_found']);
	const { cardholderId, accountId } = held;
	const draft = { locale: 'en', at: now() };
	await database.db.transaction().execute((trx) => lockOrBeginDraft(trx, { cardholderId, accountId }, draft));
	expect(await object(database.db, held)).toEqual({ ok: false, refusal: 'followed' });
	expect(await stateOf(held)).toMatchObject({ status: 'declined', isQueued: false, objections: [] });
	const open = await inHand(database.db);
	expect(await object(database.db, open)).toEqual({ ok: false, refusal: 'not_declined' });
});

test('what the cardholder was told is kept: neither an earlier wait nor a new order of the queue moves the day of the answer', async () => {
	const held = await declined(database.db);
	await database.owner
		.updateTable('review')
		.set({ waited_ms: 40 * 86_400_000 })
		.where('application_id', '=', held.applicationId)
		.execute();
	await object(database.db, held);
	const { dueOn } = await stateOf(held);
	expect(await findWaited(database.db, held.applicationId)).toBe(0);
	await reorderQueue(database.db, { actor: { kind: 'command', id: null } });
	expect(dueOn).toBe(addWorkingDays(today(), 5, await readWorkCalendar(database.db)));
	expect(await stateOf(held)).toMatchObject({ dueOn });
});

test('taking the application back ends the objection with it', async () => {
	const held = await declined(database.db);
	await object(database.db, held);
	const { cardholderId, accountId, applicationId } = held;
	await withdrawApplication(database.db, { owner: { cardholderId, accountId }, applicationId, at: now() });
	expect(await stateOf(held)).toMatchObject({ status: 'withdrawn', objections: [{ outcome: 'withdrawn' }] });
	expect(await breachesOf(held)).toEqual([]);
});

test('an objection never changes but that it is answered once, and is to a decline of the same application', async () => {
	const held = await declined(database.db);
	await object(database.db, held);
	const change = database.owner.updateTable('objection').where('application_id', '=', held.applicationId);
	await expect(change.set({ words: 'else' }).execute()).rejects.toThrow('closed once');
	const [another, other] = [await declined(database.db), await declined(database.db)];
	const { id: decisionId } = await database.owner
		.selectFrom('decision')
		.select('id')
		.where('application_id', '=', another.applicationId)
		.executeTakeFirstOrThrow();
	const row = {
		application_id: other.applicationId,
		decision_id: decisionId,
		cardholder_id: other.cardholderId,
		words: 'x',
		at: now(),
		answer_by: today(),
	};
	await expect(database.owner.insertInto('objection').values(row).execute()).rejects.toThrow('own application');
});
