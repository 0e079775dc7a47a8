import { afterAll, beforeAll, expect, test } from 'vitest';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import { now, today } from '#lib/server/clock.ts';
import { claimNext } from '#lib/server/review/claim-next.ts';
import { composeLetter } from '#lib/server/review/compose-letter.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { releaseReview } from '#lib/server/review/release-review.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';
import { words } from '../e2e/words.ts';
import { useEnv } from '../support/access.ts';
import { type Held, inHand, tracesOf, UNDECIDED } from '../support/case-in-hand.ts';
import { askForm, decisionForm, deskOf, markupOf, signInAgain, textOf } from '../support/desk-visitor.ts';
import { type Portal, startPortal } from '../support/portal.ts';
import { confirmedSession, makeStaff } from '../support/staff.ts';
import type { Answer } from '../support/visitor.ts';

const LOCALES = ['zh-CN', 'en'] as const;
const TYPED = '王先生，您的住院结算单我们看过了。';
const NOTE = 'Only two wages are shown; the third is still to come.';

let portal: Portal;
let due = '';
let others = 0;

beforeAll(async () => {
	portal = await startPortal(process.env['TEST_TEMPLATE_DATABASE_URL'] ?? '');
	useEnv({ SECRET_KEY: portal.secretKey, ORIGIN: portal.origin });
	due = addWorkingDays(today(), 3, await readWorkCalendar(portal.db));
});
afterAll(() => portal.stop());

const caseOf = ({ applicationId }: Held) => `/desk/${applicationId}`;
const approval = ({ order }: Held) => decisionForm({ ...order, words: TYPED, note: NOTE });
const decline = async ({ order, applicationId }: Held) => {
	const reason = 'evidence_not_readable';
	const letter = await composeLetter(portal.db, { applicationId, reason, locale: 'zh-CN', today: today() });
	const filled = { ...order, outcome: 'declined', reason, words: '材料看不清。', note: NOTE } as const;
	return decisionForm({ ...filled, letterSeen: letter?.mark });
};

/** The answer says in words what became of the case, and shows what was typed. */
function expectTold({ status, body }: Answer, told: string, typed: readonly string[] = [TYPED, NOTE]): void {
	const text = textOf(body);
	expect(text).toContain(told);
	for (const one of typed) expect(text).toContain(one);
	expect([400, 409]).toContain(status);
}

const expire = ({ applicationId }: Held) =>
	portal.db
		.updateTable('review')
		.set({ lease_expires_at: new Date(now().getTime() - 1000) })
		.where('application_id', '=', applicationId)
		.execute();

async function takenByAnother(held: Held) {
	await expire(held);
	const staffId = await makeStaff(portal.db, `other-${String(++others)}`);
	const claim = await claimNext(portal.db, { staffId });
	expect(claim?.applicationId).toBe(held.applicationId);
	const sessionId = await confirmedSession(portal.db, staffId);
	return { ...held.order, staffId, sessionId, fence: claim?.fence ?? 0 };
}

test.each(LOCALES)('two tabs decide one case: the second is told, and keeps what was typed (%s)', async (locale) => {
	const held = await inHand(portal.db);
	const desk = await deskOf(portal, held.staffId, locale);
	const path = `${caseOf(held)}?/decide`;
	expect((await desk.post(path, await decline(held))).status).toBe(303);
	expectTold(await desk.post(path, approval(held)), words(locale)('desk_lost_declined'));
	expect(await tracesOf(portal.db, held)).toMatchObject({ outcomes: ['declined'], messages: ['application_declined'] });
});

test.each(LOCALES)('one tab decides, the other asks for more, in either order (%s)', async (locale) => {
	const ask = (held: Held) => askForm(held.order, { due, question: TYPED, note: NOTE });
	const decided = await inHand(portal.db);
	const first = await deskOf(portal, decided.staffId, locale);
	expect((await first.post(`${caseOf(decided)}?/decide`, approval(decided))).status).toBe(303);
	expectTold(await first.post(`${caseOf(decided)}?/ask`, ask(decided)), words(locale)('desk_lost_approved'));

	const asked = await inHand(portal.db);
	const second = await deskOf(portal, asked.staffId, locale);
	expect((await second.post(`${caseOf(asked)}?/ask`, ask(asked))).status).toBe(303);
	expectTold(await second.post(`${caseOf(asked)}?/decide`, approval(asked)), words(locale)('desk_lost_asked'));
	expectTold(await second.post(`${caseOf(asked)}?/propose`, approval(asked)), words(locale)('desk_lost_asked'));
	expect(await tracesOf(portal.db, asked)).toMatchObject({ status: 'more_requested', outcomes: [] });
});

test('two tabs that take the next at once have the same case, and the first that decides is the one', async () => {
	const held = await inHand(portal.db);
	const tabs = [await deskOf(portal, held.staffId), await deskOf(portal, held.staffId)];
	const taken = await Promise.all(tabs.map((tab) => tab.post('/desk?/take', {})));
	expect(taken.map(({ status, headers }) => [status, headers['location']])).toEqual([
		[303, caseOf(held)],
		[303, caseOf(held)],
	]);
	const path = `${caseOf(held)}?/decide`;
	const answers = await Promise.all(
		tabs.map((tab, n) => tab.post(path, decisionForm({ ...held.order, words: `${TYPED}${String(n)}` }))),
	);
	expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
	const late = answers.findIndex(({ status }) => status === 409);
	expect(textOf(answers[late]?.body ?? '')).toContain(`${TYPED}${String(late)}`);
	expect((await tracesOf(portal.db, held)).outcomes).toEqual(['approved']);
});

test('the same form sent again, because its answer was lost, is told as done and does nothing twice', async () => {
	const decided = await inHand(portal.db);
	const desk = await deskOf(portal, decided.staffId);
	const once = await desk.post(`${caseOf(decided)}?/decide`, approval(decided));
	const again = await desk.post(`${caseOf(decided)}?/decide`, approval(decided));
	expect([once.status, again.status, again.headers['location']]).toEqual([303, 303, once.headers['location']]);
	const asked = await inHand(portal.db);
	const other = await deskOf(portal, asked.staffId);
	const form = askForm(asked.order, { due, question: TYPED });
	const one = await other.post(`${caseOf(asked)}?/ask`, form);
	expect((await other.post(`${caseOf(asked)}?/ask`, form)).headers['location']).toBe(one.headers['location']);
	expectTold(
		await other.post(`${caseOf(asked)}?/ask`, askForm(asked.order, { due, question: `${TYPED}另外，` })),
		words('zh-CN')('desk_lost_asked'),
		[`${TYPED}另外，`],
	);
});

const AFTER_LUNCH = {
	'still has it': { after: () => Promise.resolve(), told: 'desk_refused_taken' },
	'has decided it': {
		after: async (order: Held['order']) => {
			expect(await decideApplication(portal.db, order)).toMatchObject({ ok: true });
		},
		told: 'desk_lost_approved',
	},
	'put it back': {
		after: async ({ staffId, applicationId, fence }: Held['order']) => {
			const released = await releaseReview(portal.db, { staffId, applicationId, fence, note: 'n' });
			expect(released).toEqual({ ok: true });
		},
		told: 'desk_lost_waiting',
	},
} as const;

test.each(LOCALES.flatMap((locale) => Object.entries(AFTER_LUNCH).map(([how, it]) => [how, locale, it] as const)))(
	'after lunch another %s: whoever had it decides nothing, is told, and keeps what was typed (%s)',
	async (_, locale, { after, told }) => {
		const held = await inHand(portal.db);
		const desk = await deskOf(portal, held.staffId, locale);
		const theirs = await takenByAnother(held);
		await after(theirs);
		const before = await tracesOf(portal.db, held);
		const { name } = await portal.db
			.selectFrom('staff')
			.select('name')
			.where('id', '=', theirs.staffId)
			.executeTakeFirstOrThrow();
		const said = words(locale)(told).replace('{name}', name);
		for (const step of ['propose', 'decide']) {
			expectTold(await desk.post(`${caseOf(held)}?/${step}`, await decline(held)), said, ['材料看不清。', NOTE]);
		}
		const question = '您什么时候复工？';
		const asking = askForm(held.order, { due, question, note: NOTE, ask_text: TYPED });
		expectTold(await desk.post(`${caseOf(held)}?/ask`, asking), said, [question, TYPED, NOTE]);
		const fence = String(held.order.fence);
		const small = {
			refer: { refer_note: NOTE },
			put_back: { put_back_note: NOTE },
			hold: { hold_note: NOTE, hold_kind: 'dispute', hold_until: due },
		};
		for (const [step, fields] of Object.entries(small)) {
			expectTold(await desk.post(`${caseOf(held)}?/${step}`, { fence, ...fields }), said, [NOTE]);
		}
		expect(await tracesOf(portal.db, held)).toEqual(before);
	},
);

test.each(LOCALES)(
	'nobody took it over lunch: taken again with one press it goes on with the words (%s)',
	async (locale) => {
		const held = await inHand(portal.db);
		const desk = await deskOf(portal, held.staffId, locale);
		await expire(held);
		const w = words(locale);
		const refused = await desk.post(`${caseOf(held)}?/decide`, approval(held));
		expectTold(refused, w('desk_refused_lease_lost'));
		expect(refused.body).toContain('formaction="?/again#decision"');
		const again = await desk.post(`${caseOf(held)}?/again`, approval(held));
		expect(again.status).toBe(200);
		expect(markupOf(again.body)).toContain(NOTE);
		expect(markupOf(again.body)).toContain(TYPED);
		const fence = /name="fence" value="(\d+)"/.exec(again.body)?.[1] ?? '';
		expect(Number(fence)).toBe(held.order.fence + 1);
		expect((await desk.post(`${caseOf(held)}?/decide`, approval(held))).status).toBe(409);
		const form = decisionForm({ ...held.order, words: TYPED, note: NOTE }, { fence });
		expect((await desk.post(`${caseOf(held)}?/decide`, form)).status).toBe(303);
		expect((await tracesOf(portal.db, held)).outcomes).toEqual(['approved']);
	},
);

test('what was asked for comes along when a case is taken again', async () => {
	const held = await inHand(portal.db);
	const desk = await deskOf(portal, held.staffId);
	await expire(held);
	const form = askForm(held.order, { due, question: TYPED });
	const again = await desk.post(`${caseOf(held)}?/again`, form);
	expect(again.status).toBe(200);
	expect(markupOf(again.body)).toContain(TYPED);
});

test('the session ended over lunch as well: what was typed comes back after signing in, and who lost the case still reads it', async () => {
	const held = await inHand(portal.db);
	const desk = await deskOf(portal, held.staffId);
	await takenByAnother(held);
	await portal.db
		.updateTable('staff_session')
		.set({ expires_at: new Date(now().getTime() - 1000) })
		.where('staff_id', '=', held.staffId)
		.execute();
	const late = await desk.post(`${caseOf(held)}?/ask`, askForm(held.order, { due, question: TYPED, note: NOTE }));
	expect([late.status, late.headers['location']]).toEqual([303, '/staff/sign-in?ended=kept']);
	await signInAgain(portal, desk, held.staffId);
	const kept = await desk.get('/staff/resume');
	expect(textOf(kept.body)).toContain(NOTE);
	expect(textOf(kept.body)).toContain(TYPED);
	expect(kept.body).toContain(`action="${caseOf(held)}?/revise`);
	const back = await desk.post(`${caseOf(held)}?/revise`, askForm(held.order, { due, question: TYPED, note: NOTE }));
	expect(textOf(back.body)).toContain(TYPED);
	expect(textOf(back.body)).toContain(NOTE);
	expect(await tracesOf(portal.db, held)).toEqual(UNDECIDED);
});
