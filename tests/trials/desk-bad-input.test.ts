import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import { addDays } from '#lib/domain/day.ts';
import { today } from '#lib/server/clock.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { words } from '../e2e/words.ts';
import { useEnv } from '../support/access.ts';
import { type Held, inHand, tracesOf, UNDECIDED } from '../support/case-in-hand.ts';
import { offerOrder } from '../support/counter-offer.ts';
import { askForm, decisionForm, deskOf, markupOf, textOf } from '../support/desk-visitor.ts';
import { type Portal, startPortal } from '../support/portal.ts';
import type { Visitor } from '../support/visitor.ts';

const w = words('zh-CN');
const NOTE = '工资单还差一张。';
const WRITTEN = '您的结算单我们看过了。';
const ODD = 'a\u0000b\ud800c\ue000\u202e👩‍🏭<i>"\r\n最后一行';

let portal: Portal;
let held: Held;
let desk: Visitor;
let path = '';
let due = '';

beforeAll(async () => {
	portal = await startPortal(process.env['TEST_TEMPLATE_DATABASE_URL'] ?? '');
	useEnv({ SECRET_KEY: portal.secretKey, ORIGIN: portal.origin });
	due = addWorkingDays(today(), 3, await readWorkCalendar(portal.db));
	held = await inHand(portal.db);
	desk = await deskOf(portal, held.staffId);
	path = `/desk/${held.applicationId}`;
});
afterAll(() => portal.stop());

/** A field with its own sentence beside it, as the page marks it. */
const besideField = (body: string, name: string) =>
	textOf(new RegExp(`id="${name}-error"[^>]*>([\\s\\S]*?)</p>`).exec(markupOf(body))?.[1] ?? '');

type Form = [string, string][];
const decision = (changes: Readonly<Record<string, string>> = {}): Form =>
	decisionForm({ ...held.order, words: WRITTEN, note: NOTE }, changes);
const asking = (changes: Readonly<Record<string, string>> = {}): Form =>
	askForm(held.order, { due, question: WRITTEN, note: NOTE, ...changes });
const weekend = (() => {
	let day = addDays(today(), 1);
	while (new Date(`${day}T00:00:00Z`).getUTCDay() !== 0) day = addDays(day, 1);
	return day;
})();

test.each([
	['?/propose', 'note', () => decision({ note: '长'.repeat(2_001) }), 'desk_put_back_note_long'],
	['?/propose', 'note', () => asking({ note: '长'.repeat(2_001) }), 'desk_put_back_note_long'],
	['?/decide', 'words', () => decision({ words: '长'.repeat(1_001) }), 'desk_refused_words_too_long'],
	[
		'?/decide',
		'words',
		() => decision({ outcome: 'declined', reason: 'other', words: ' \u0000 ' }),
		'desk_refused_words_needed',
	],
	['?/propose', 'ask_text', () => asking({ ask_text: '长'.repeat(1_001) }), 'desk_refused_words_too_long'],
	...['2020-01-01', today(), addDays(today(), 365), weekend, '2026-02-30', '1/12/2026', '', '９９９９-12-31'].map(
		(day) => ['?/propose', 'ask_due', () => asking({ ask_due: day }), 'desk_refused_due_day'] as const,
	),
	['?/ask', 'ask_due', () => asking({ ask_due: addDays(today(), -1) }), 'desk_refused_due_day'],
] as const)(
	'%s with %s wrong is refused in words beside the field, and all of it comes back',
	async (step, field, form, told) => {
		const sent = form();
		const { status, body } = await desk.post(`${path}${step}`, sent);
		expect([400, 409]).toContain(status);
		const [start = ''] = w(told).split('{');
		expect(besideField(body, field)).toContain(start);
		const typed = sent.filter(([name]) => ['note', 'words', 'ask_words_1', 'ask_text'].includes(name));
		for (const [name, value] of typed) if (value.trim().length > 3) expect(markupOf(body), name).toContain(value);
		expect(await tracesOf(portal.db, held)).toEqual(UNDECIDED);
	},
);

test.each(['2020-01-01', today(), addDays(today(), 91), addDays(today(), 3_650), 'soon', '2026-13-01', ''])(
	'a hold until "%s" is refused in words beside the day, and its note comes back',
	async (until) => {
		const form = { fence: String(held.order.fence), hold_kind: 'dispute', hold_until: until, hold_note: NOTE };
		const { status, body } = await desk.post(`${path}?/hold`, form);
		expect(status).toBe(409);
		const [start = ''] = w('desk_refused_hold_day').split('{');
		expect(besideField(body, 'hold_until')).toContain(start);
		expect(markupOf(body)).toContain(NOTE);
	},
);

test.each([
	[
		'?/hold',
		{ hold_kind: 'dispute', hold_until: '', hold_note: '长'.repeat(2_001) },
		'hold_until',
		'desk_refused_hold_day',
	],
	['?/refer', { refer_note: '长'.repeat(2_001) }, 'refer_note', 'desk_put_back_note_long'],
	['?/refer', { refer_note: '\u0000 ' }, 'refer_note', ''],
	['?/put_back', { put_back_note: '长'.repeat(5_000) }, 'put_back_note', 'desk_put_back_note_long'],
] as const)('%s is refused in words beside the field', async (step, fields, field, told) => {
	const { status, body } = await desk.post(`${path}${step}`, { fence: String(held.order.fence), ...fields });
	expect([400, 409]).toContain(status);
	expect(besideField(body, field).trim()).not.toBe('');
	if (told) expect(besideField(body, field)).toContain(w(told).split('{')[0]);
	const note = Object.entries(fields).find(([name]) => name.endsWith('_note'))?.[1] ?? '';
	if (note.length > 2) expect(markupOf(body)).toContain(note);
});

test('a hold for no reason of ours is refused in words above its fields, and its note and day come back', async () => {
	const until = addDays(today(), 30);
	const form = { fence: String(held.order.fence), hold_kind: 'revenge', hold_until: until, hold_note: NOTE };
	const { status, body } = await desk.post(`${path}?/hold`, form);
	expect(status).toBe(409);
	expect(textOf(body)).toContain(w('desk_refused_hold_kind'));
	expect(markupOf(body)).toContain(NOTE);
	expect(markupOf(body)).toContain(`value="${until}"`);
});

const AMOUNTS = ['12.5', '-12', '1e3', '１２', '9'.repeat(9), '0x10', '', '12 ', 'NaN', '24;drop'];

test.each(AMOUNTS)('a counter-offer of "%s" instalments is refused in words', async (count) => {
	const order = await offerOrder(portal.db, { ...held, fence: held.order.fence });
	for (const step of ['?/propose', '?/decide']) {
		const form = decisionForm({ ...order, words: WRITTEN, note: NOTE }, { offer_instalments: count });
		const { status, body } = await desk.post(`${path}${step}`, form);
		expect([400, 409]).toContain(status);
		const told = [w('desk_refused_offer_missing'), w('desk_refused_offer_numbers')];
		expect(told.some((one) => textOf(body).includes(one))).toBe(true);
		expect(markupOf(body)).toContain(NOTE);
	}
});

test('forged codes, numbers and ids are refused in words, never by a fault, and write nothing', async () => {
	const forged: [string, Form][] = [
		['?/decide', decision({ fence: '99999999999999999999' })],
		['?/decide', decision({ fence: '-1' })],
		['?/decide', decision({ fence: '999999999999999' })],
		['?/decide', decision({ fence: String(held.order.fence - 1) })],
		['?/decide', decision({ version: 'x' })],
		['?/decide', decision({ postingMark: '999999999999999' })],
		['?/decide', decision({ evidence: randomUUID() })],
		['?/decide', decision({ evidence: "'; --" })],
		['?/decide', decision({ outcome: 'cancelled' })],
		['?/decide', decision({ outcome: 'more_requested' })],
		['?/decide', decision({ outcome: 'declined', reason: 'because' })],
		['?/decide', decisionForm({ ...held.order, note: NOTE, checked: [] })],
		['?/decide', []],
		['?/propose', []],
		['?/ask', []],
		['?/ask', asking({ ask_what_1: 'bribe' })],
		['?/ask', asking({ ask_what_1: 'evidence', ask_kind_1: 'bribe' })],
		['?/ask', asking({ ask_reason_1: 'curiosity' })],
		['?/renew', [['fence', 'soon']]],
		['?/hold', []],
		['?/refer', []],
		['?/end_hold', [['fence', String(held.order.fence)]]],
		['?/put_back', []],
		[
			'?/send_back',
			[
				['fence', String(held.order.fence)],
				['return_note', NOTE],
			],
		],
		[
			'?/check',
			[
				['document', randomUUID()],
				['fence', '1'],
				['verdict', 'accepted'],
			],
		],
		[
			'?/pin',
			[
				['document', 'x'],
				['fence', '1'],
				['line', 'wages'],
			],
		],
	];
	for (const [step, form] of forged) {
		const { status, body } = await desk.post(`${path}${step}`, form);
		expect([400, 409], `${step} ${JSON.stringify(form)}`).toContain(status);
		expect(textOf(body)).toMatch(/。/);
		const isReadable = !textOf(body).includes(w('desk_refused_form'));
		if (step === '?/decide' && isReadable) expect(markupOf(body), JSON.stringify(form)).toContain(NOTE);
	}
	expect(await tracesOf(portal.db, held)).toEqual(UNDECIDED);
});

test('another’s case by its address is decided by nobody but its holder', async () => {
	const theirs = await inHand(portal.db);
	const form = decisionForm({ ...theirs.order, words: WRITTEN, note: NOTE });
	const answer = await desk.post(`/desk/${theirs.applicationId}?/decide`, form);
	expect(answer.status).toBe(409);
	expect(textOf(answer.body)).toContain(WRITTEN);
	for (const id of [randomUUID(), 'A-10006', "x' or 1=1"]) {
		expect((await desk.post(`/desk/${encodeURIComponent(id)}?/decide`, form)).status).toBe(404);
	}
	expect(await tracesOf(portal.db, theirs)).toEqual(UNDECIDED);
});

test('lines of a page are one character each, as the field counts them', async () => {
	const own = await inHand(portal.db);
	const its = await deskOf(portal, own.staffId);
	const longest = `${'字\r\n'.repeat(499)}字末`;
	const form = decisionForm({ ...own.order, words: longest, note: NOTE });
	expect((await its.post(`/desk/${own.applicationId}?/decide`, form)).status).toBe(303);
});

test('signs that no text of ours holds are left out, every other is kept as it was typed', async () => {
	const own = await inHand(portal.db);
	const its = await deskOf(portal, own.staffId);
	const form = decisionForm({ ...own.order, words: ODD, note: ODD });
	expect((await its.post(`/desk/${own.applicationId}?/decide`, form)).status).toBe(303);
	const { words: kept, note } = await portal.db
		.selectFrom('decision')
		.select(['words', 'note'])
		.where('application_id', '=', own.applicationId)
		.executeTakeFirstOrThrow();
	expect([kept, note]).toEqual(Array(2).fill('ab\ufffdc\ue000\u202e👩‍🏭<i>"\n最后一行'));
});
