import { beforeAll, expect, test } from 'vitest';
import type { DraftForm } from '#lib/domain/application/form-draft.ts';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { now, today } from '#lib/server/clock.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { declineOffer } from '#lib/server/offer/decline-offer.ts';
import { findDraftSubject } from '#lib/server/form-draft/draft-subject.ts';
import { findDraft } from '#lib/server/form-draft/find-draft.ts';
import { keepDraft } from '#lib/server/form-draft/keep-draft.ts';
import { removeOldDrafts } from '#lib/server/form-draft/remove-old-drafts.ts';
import { answerRequest } from '#lib/server/request/answer-request.ts';
import { requestMore } from '#lib/server/review/request-more.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { type Held, inHand } from '../support/case-in-hand.ts';
import { waitingOffer } from '../support/counter-offer.ts';
import { useDatabase } from '../support/database.ts';
import { declined, object } from '../support/objection.ts';
import { offerCases } from '../support/offer-cases.ts';

const database = useDatabase();
const { ownerOf, offered } = offerCases(database);

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

const seconds = (n: number) => new Date(now().getTime() + n * 1_000);

/** Types into a form as its page would, so many seconds from now, and returns what came of it. */
async function type(owner: Owner, form: DraftForm, fields: Record<string, string>, at = seconds(0)) {
	const subject = await findDraftSubject(database.db, owner, form);
	const subjectId = subject?.subjectId ?? '00000000-0000-0000-0000-000000000000';
	const typed = { form, subjectId, fields, typedAt: at };
	const keep = () =>
		runAs({ cardholder: owner.cardholderId }, () => keepDraft(database.db, { owner, typed, at: now() }));
	return { keep, subjectId, outcome: await keep() };
}

const read = (owner: Owner, form: DraftForm, subjectId: string) =>
	runAs({ cardholder: owner.cardholderId }, () => findDraft(database.db, owner, { form, subjectId }));

const rowsOf = ({ accountId }: Owner) =>
	database.db.selectFrom('form_draft').select(['form', 'fields']).where('account_id', '=', accountId).execute();

async function asked(): Promise<Held> {
	const held = await inHand(database.db);
	const { staffId, sessionId, applicationId, fence, seen } = held.order;
	const item = { what: 'answer', kind: null, reason: 'to_understand', words: '您什么时候可以恢复工作？' } as const;
	const dueOn = addWorkingDays(today(), 3, await readWorkCalendar(database.db));
	const request = { items: [item], dueOn, words: '' };
	const order = { staffId, sessionId, applicationId, fence, seen, note: '', request };
	expect(await requestMore(database.db, order)).toMatchObject({ ok: true });
	return held;
}

test('words typed on one device are there on the next, and a save that comes late covers none of them', async () => {
	const owner = ownerOf(await declined(database.db));
	const late = await type(owner, 'objection', { objection: '我的工资' }, seconds(-30));
	expect(late.outcome).toEqual({ ok: true });
	await type(owner, 'objection', { objection: '我的工资在上个月减半。' }, seconds(-20));
	expect(await late.keep()).toEqual({ ok: true });
	expect(await read(owner, 'objection', late.subjectId)).toEqual({ objection: '我的工资在上个月减半。' });
	// Emptied by hand is emptied.
	await type(owner, 'objection', { objection: '' }, seconds(-10));
	expect(await read(owner, 'objection', late.subjectId)).toEqual({ objection: '' });
});

test('a clock that runs ahead bars no words typed after it', async () => {
	const owner = ownerOf(await declined(database.db));
	const { subjectId } = await type(owner, 'objection', { objection: 'ahead' }, seconds(86_400));
	await type(owner, 'objection', { objection: 'later' }, seconds(86_400));
	expect(await read(owner, 'objection', subjectId)).toEqual({ objection: 'later' });
});

test('an objection that is sent leaves no draft, and one that comes after it is not kept', async () => {
	const held = await declined(database.db);
	const owner = ownerOf(held);
	const { keep } = await type(owner, 'objection', { objection: '我的工资' });
	expect(await object(database.db, held)).toEqual({ ok: true });
	expect(await rowsOf(owner)).toEqual([]);
	expect(await keep()).toEqual({ ok: false, refusal: 'form_over' });
	expect(await rowsOf(owner)).toEqual([]);
});

test('words about an offer are kept until it is answered', async () => {
	const owner = ownerOf(await offered());
	const { subjectId, keep } = await type(owner, 'decline', { words: '每月最多能还 800 元。' });
	expect(await read(owner, 'decline', subjectId)).toEqual({ words: '每月最多能还 800 元。' });
	const { id: offerId, quote } = await waitingOffer(database.db, owner);
	const answer = { owner, offerId, termsHash: quote.termsHash, words: '每月最多能还 800 元。', at: now() };
	expect(await declineOffer(database.db, answer)).toEqual({ ok: true });
	expect(await rowsOf(owner)).toEqual([]);
	expect(await keep()).toEqual({ ok: false, refusal: 'form_over' });
});

test('answers are kept as they are left; once saved or sent, an older save brings nothing back', async () => {
	const held = await asked();
	const owner = ownerOf(held);
	const { keep, subjectId } = await type(owner, 'answer', { answer_1: '下个' }, seconds(-5));
	expect(await read(owner, 'answer', subjectId)).toEqual({ answer_1: '下个' });
	const send = (deed: 'save' | 'send') =>
		answerRequest(database.db, {
			owner,
			form: { applicationId: held.applicationId, answers: [{ position: 1, text: '下个月初。' }], deed },
			at: now(),
		});
	expect(await send('save')).toEqual({ ok: true, step: 'saved' });
	expect(await keep()).toEqual({ ok: true });
	expect(await read(owner, 'answer', subjectId)).toEqual({});
	expect(await send('send')).toEqual({ ok: true, step: 'sent' });
	expect(await keep()).toEqual({ ok: false, refusal: 'form_over' });
	expect(await rowsOf(owner)).toEqual([]);
});

test('sent and typed in the same instant, no draft is left behind', async () => {
	const held = await declined(database.db);
	const owner = ownerOf(held);
	const { keep } = await type(owner, 'objection', { objection: '我的' });
	await Promise.all([object(database.db, held), ...Array.from({ length: 6 }, keep)]);
	expect(await rowsOf(owner)).toEqual([]);
});

test('nobody keeps or reads a draft of another’s', async () => {
	const mine = ownerOf(await declined(database.db));
	const { subjectId } = await type(mine, 'objection', { objection: 'mine' });
	const other = ownerOf(await declined(database.db));
	const typed = { form: 'objection', subjectId, fields: { objection: 'theirs' }, typedAt: seconds(0) } as const;
	const kept = await runAs({ cardholder: other.cardholderId }, () =>
		keepDraft(database.db, { owner: other, typed, at: now() }),
	);
	expect(kept).toEqual({ ok: false, refusal: 'form_over' });
	expect(await read(other, 'objection', subjectId)).toEqual({});
	expect(await read(mine, 'objection', subjectId)).toEqual({ objection: 'mine' });
});

test('words that nobody went on with are removed when drafts are, and not before', async () => {
	const owner = ownerOf(await declined(database.db));
	await type(owner, 'objection', { objection: 'old' });
	await removeOldDrafts(database.db);
	expect(await rowsOf(owner)).toHaveLength(1);
	await database.db
		.updateTable('form_draft')
		.set({ saved_at: seconds(-366 * 86_400) })
		.execute();
	await removeOldDrafts(database.db);
	expect(await rowsOf(owner)).toEqual([]);
});
