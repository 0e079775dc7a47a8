import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { RequestForm } from '#lib/domain/application/information-request.ts';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import { addDays } from '#lib/domain/day.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { answerRequest } from '#lib/server/request/answer-request.ts';
import { lapseRequests } from '#lib/server/request/lapse-requests.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { requestMore } from '#lib/server/review/request-more.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';

const database = useDatabase();
let dueOn = '';

beforeAll(async () => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	dueOn = addWorkingDays(today(), 3, await readWorkCalendar(database.db));
});

const ask = ({ order }: Held, change: Partial<RequestForm> = {}) =>
	requestMore(database.db, {
		staffId: order.staffId,
		sessionId: order.sessionId,
		applicationId: order.applicationId,
		fence: order.fence,
		seen: order.seen,
		note: 'Wages are not shown.',
		request: {
			items: [
				{ what: 'evidence', kind: 'payslip', reason: 'missing', words: '' },
				{ what: 'answer', kind: null, reason: 'to_understand', words: '您什么时候可以恢复工作？' },
			],
			dueOn,
			words: '',
			...change,
		},
	});

const answer = (held: Held, deed: 'save' | 'send' | 'send_anyway', text = '') =>
	answerRequest(database.db, {
		owner: { cardholderId: held.cardholderId, accountId: held.accountId },
		form: { applicationId: held.applicationId, answers: [{ position: 2, text }], deed },
		at: now(),
	});

async function tracesOf({ applicationId }: Held) {
	const { rows } = await sql<Record<string, unknown>>`
		select a.status, r.closed_at is not null as "isOut", r.waited_ms as "waitedMs", r.due_at as "dueAt",
			(select count(*) from information_request q where q.application_id = a.id) as requests,
			(select count(*) from information_item i where i.application_id = a.id) as items,
			(select max(q.closed_as) from information_request q where q.application_id = a.id) as "closedAs",
			(select count(*) from review_note n where n.application_id = a.id) as notes,
			(select count(*) from outbox_message m where m.application_id = a.id and m.template = 'more_requested') as messages,
			(select count(*) from audit_log l where l.subject_id = a.id::text
				and l.action in ('request.asked', 'application.moved_to_more_requested')) as audits
		from application a join review r on r.application_id = a.id where a.id = ${applicationId}`.execute(database.db);
	return rows[0] ?? {};
}

const ASKED = { status: 'more_requested', isOut: true, requests: 1, items: 2, notes: 1, messages: 1, audits: 2 };
const UNASKED = { status: 'in_review', isOut: false, requests: 0, items: 0, notes: 0, messages: 0, audits: 0 };

test('asking writes the request, its items, the status, the note, the audit and one message, and leaves the queue', async () => {
	const held = await inHand(database.db);
	expect(await ask(held)).toEqual({ ok: true, reference: held.reference });
	expect(await tracesOf(held)).toMatchObject(ASKED);
	const next = await claimNext(database.db, { staffId: await makeStaff(database.db, 'idle-1') });
	expect(next).toBeUndefined();
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'status_changed' });
	expect(await ask(held)).toEqual({ ok: false, refusal: 'status_changed' });
});

test('killed at any of its writes, nothing of the asking stands, and the next try succeeds', async () => {
	const held = await inHand(database.db);
	await sql`
		create function fail_here() returns trigger language plpgsql as
			$$ begin raise exception 'planted: killed at %', tg_table_name; end $$`.execute(database.owner);
	const writes = {
		information_request: 'insert',
		information_item: 'insert',
		application: 'update',
		review: 'update',
		review_note: 'insert',
		audit_log: 'insert',
		outbox_message: 'insert',
	};
	for (const [table, deed] of Object.entries(writes)) {
		for (const when of ['before', 'after']) {
			await sql`create trigger killed ${sql.raw(when)} ${sql.raw(deed)} on ${sql.table(table)}
				for each row execute function fail_here()`.execute(database.owner);
			await expect(ask(held)).rejects.toThrow(`killed at ${table}`);
			await sql`drop trigger killed on ${sql.table(table)}`.execute(database.owner);
			expect(await tracesOf(held), `killed ${when} ${table}`).toMatchObject(UNASKED);
		}
	}
	expect(await ask(held)).toMatchObject({ ok: true });
	expect(await tracesOf(held)).toMatchObject(ASKED);
});

test('nothing is asked without a thing, twice, on a day that is not worked or too late, or on what has changed', async () => {
	const held = await inHand(database.db);
	const paper = { what: 'evidence', kind: 'payslip', reason: 'missing', words: '' } as const;
	expect(await ask(held, { items: [] })).toMatchObject({ refusal: 'nothing_asked' });
	expect(await ask(held, { items: [paper, paper] })).toMatchObject({ refusal: 'asked_twice' });
	expect(await ask(held, { items: [{ ...paper, reason: 'other' }] })).toMatchObject({ refusal: 'item_words_needed' });
	for (const day of [today(), addDays(today(), 31), 'soon']) {
		expect(await ask(held, { dueOn: day })).toMatchObject({ refusal: 'due_day_wrong' });
	}
	const old = { ...held, order: { ...held.order, seen: { ...held.order.seen, version: 0 } } };
	expect(await ask(old)).toMatchObject({ refusal: 'application_changed' });
	const stale = { ...held, order: { ...held.order, fence: held.order.fence - 1 } };
	expect(await ask(stale)).toMatchObject({ refusal: 'stale_fence' });
	const unproven = { ...held, order: { ...held.order, sessionId: 'another' } };
	expect(await ask(unproven)).toMatchObject({ refusal: 'not_confirmed' });
	expect(await tracesOf(held)).toMatchObject(UNASKED);
});

test('an answer is kept though the paper is missing; sent all the same it goes back with its clock moved on', async () => {
	const held = await inHand(database.db);
	await ask(held);
	const before = await tracesOf(held);
	expect(await answer(held, 'save', '  下个月。')).toEqual({ ok: true, step: 'saved' });
	expect(await answer(held, 'send', '下个月初。')).toEqual({ ok: true, step: 'incomplete' });
	const kept = database.db.selectFrom('information_item').select('answer').where('what', '=', 'answer');
	const { answer: text } = await kept.where('application_id', '=', held.applicationId).executeTakeFirstOrThrow();
	expect(text).toBe('下个月初。');
	expect(await tracesOf(held)).toMatchObject({ status: 'more_requested' });
	await database.owner
		.updateTable('information_request')
		.set({ asked_at: new Date(now().getTime() - 2 * 86_400_000) })
		.where('application_id', '=', held.applicationId)
		.execute();
	expect(await answer(held, 'send_anyway', '下个月初。')).toEqual({ ok: true, step: 'sent' });
	const after = await tracesOf(held);
	expect(after).toMatchObject({ status: 'submitted', isOut: false, closedAs: 'answered' });
	const moved = (after['dueAt'] as Date).getTime() - (before['dueAt'] as Date).getTime();
	expect(Math.round(moved / 86_400_000)).toBe(2);
	expect(after['waitedMs']).toBe(moved);
	expect(await answer(held, 'send_anyway')).toEqual({ ok: false, refusal: 'not_asked' });
	const next = await claimNext(database.db, { staffId: await makeStaff(database.db, 'idle-2') });
	expect(next?.applicationId).toBe(held.applicationId);
});

test('once its day is over it goes back as not brought, once though swept twice at once; the day itself is the cardholder’s', async () => {
	const held = await inHand(database.db);
	await ask(held);
	const due = (day: string) =>
		database.owner
			.updateTable('information_request')
			.set({ due_on: day })
			.where('application_id', '=', held.applicationId)
			.execute();
	await due(today());
	await lapseRequests(database.db);
	expect(await tracesOf(held)).toMatchObject({ status: 'more_requested' });
	await due(addDays(today(), -1));
	await Promise.all([lapseRequests(database.db), lapseRequests(database.db)]);
	expect(await tracesOf(held)).toMatchObject({ status: 'submitted', isOut: false, closedAs: 'lapsed' });
	expect(await answer(held, 'send')).toEqual({ ok: false, refusal: 'not_asked' });
});

test('it can be withdrawn meanwhile, and somebody else neither answers nor reads it', async () => {
	const held = await inHand(database.db);
	await ask(held);
	const other = { ...held, cardholderId: 'C-somebody', accountId: 'A-somebody' };
	expect(await answer(other, 'send_anyway', '不')).toEqual({ ok: false, refusal: 'not_found' });
	const { cardholderId, accountId, applicationId } = held;
	await withdrawApplication(database.db, { owner: { cardholderId, accountId }, applicationId, at: now() });
	expect(await tracesOf(held)).toMatchObject({ status: 'withdrawn', closedAs: 'withdrawn' });
});
