import { beforeAll, expect, test } from 'vitest';
import { addDays } from '#lib/domain/day.ts';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { now, today } from '#lib/server/clock.ts';
import { runAs } from '#lib/server/db/identity.ts';
import { listKept } from '#lib/server/evidence/list-kept.ts';
import { eraseFreeWords } from '#lib/server/free-words/erase-free-words.ts';
import { findCaseAccess } from '#lib/server/review/case-access.ts';
import { type Case, getCase } from '#lib/server/review/read-case.ts';
import type { Held } from '../support/case-in-hand.ts';
import { useDatabase } from '../support/database.ts';
import { usePages } from '../support/render-page.ts';
import { makeStaff } from '../support/staff.ts';
import { quarrelledCase, SECRET } from '../support/worded-case.ts';

const database = useDatabase();
const pages = usePages();

const DESK = '/src/routes/(staff)/desk/[id]';
const CARDHOLDER = '/src/routes/(cardholder)';
const timeZone = 'Asia/Shanghai';

/** What stands in the place of words that are kept so long after a decision. */
const SAYS = {
	'zh-CN': (term: string) => new RegExp(`已于.{6,20}删除。这类文字保存到作出决定后 ${term}。`, 'gu'),
	en: (term: string) =>
		new RegExp(`Erased on .{6,20}\\. Words like these are kept for ${term} after the decision\\.`, 'gu'),
	'zh-TW': (term: string) => new RegExp(`已於.{6,20}刪除。這類文字保留到作出決定後 ${term}。`, 'gu'),
} as const;
const LONG = { 'zh-CN': '3 年', en: '3 years', 'zh-TW': '3 年' } as const;
const SHORT = { 'zh-CN': '180 天', en: '180 days', 'zh-TW': '180 天' } as const;
const LANGUAGES = Object.keys(SAYS) as (keyof typeof SAYS)[];

let held: Held;
let supervisor = '';
let before: Case;
let after: Case;

beforeAll(async () => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	held = await quarrelledCase(database.db);
	supervisor = await makeStaff(database.db, 'reader', 'supervisor');
	before = await look();
	await eraseFreeWords(database.db, { today: addDays(today(), 1_096) });
	after = await look();
});

function look(): Promise<Case> {
	const { applicationId } = held;
	return runAs({ staff: 'supervisor', staffId: supervisor }, async () => {
		const staff = { id: supervisor, role: 'supervisor' } as const;
		const access = await findCaseAccess(database.db, { applicationId, staff });
		if (!access?.maySee) throw new Error('a supervisor does not see a case');
		return getCase(database.db, access, supervisor);
	});
}

const asCardholder = <T>(ask: () => Promise<T>) => runAs({ cardholder: held.cardholderId }, ask);
/** The text of a page as it is read, and whether it holds a place for words with none in it. */
function read(html: string) {
	const text = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
	return { text, isEmpty: /<(p|blockquote|dd)[^>]*>\s*(<!--[^>]*-->\s*)*<\/\1>/.test(html) };
}

const PANELS = ['ObjectionPanel', 'NotesPanel', 'ApprovalPanel', 'AskedPanel', 'DecisionStep'] as const;

function propsOf(panel: (typeof PANELS)[number], it: Case): object {
	const { requests, locale, erased } = it.application;
	const lease = { hold: 'closed', refusal: undefined, fence: 0 };
	const data = { case: it, lease, timeZone, preset: null };
	switch (panel) {
		case 'AskedPanel':
			return { requests, locale, timeZone, erased: erased.asked };
		case 'ApprovalPanel':
			return { approval: it.approval, data, form: null };
		case 'DecisionStep':
			return { data, form: null, hold: 'closed' };
		default:
			return { case: it, timeZone };
	}
}

test.each(PANELS)(
	'the desk’s %s holds the words while they are kept, and then says when and why they went',
	async (panel) => {
		for (const locale of LANGUAGES) {
			const kept = read(await pages.render(`${DESK}/${panel}.svelte`, propsOf(panel, before), locale));
			expect(kept.text).toContain(SECRET);
			const says = SAYS[locale](panel === 'AskedPanel' ? SHORT[locale] : LONG[locale]);
			expect(kept.text).not.toMatch(says);
			const gone = read(await pages.render(`${DESK}/${panel}.svelte`, propsOf(panel, after), locale));
			expect(gone.text).not.toContain(SECRET);
			expect(gone.text).toMatch(says);
			expect(gone.isEmpty).toBe(false);
		}
	},
);

test('the cardholder reads on their own page that what was written to them is erased, and still why it was declined', async () => {
	const application = await asCardholder(() => findWholeApplication(database.db, held));
	const { decision } = application ?? {};
	const props = { application, decision, objecting: undefined, now: now() };
	for (const locale of LANGUAGES) {
		const { text, isEmpty } = read(await pages.render(`${CARDHOLDER}/application/Decision.svelte`, props, locale));
		expect(text).toMatch(SAYS[locale](LONG[locale]));
		expect(text).toContain(decision?.letter?.body.slice(0, 20));
		expect([isEmpty, text.includes(SECRET)]).toEqual([false, false]);
	}
});

test('what is kept of somebody names each kind of their words that is erased, but no notes of staff', async () => {
	const kept = await asCardholder(() => listKept(database.db, held.cardholderId));
	const [application] = kept.filter(({ applicationId }) => applicationId === held.applicationId);
	expect(application?.words.map(({ kind }) => kind)).toEqual(['asked', 'decision', 'objection', 'situation']);
	for (const locale of LANGUAGES) {
		const props = { application, timeZone };
		const { text, isEmpty } = read(
			await pages.render(`${CARDHOLDER}/documents/kept/KeptApplication.svelte`, props, locale),
		);
		expect(text.match(SAYS[locale](LONG[locale]))).toHaveLength(2);
		expect(text.match(SAYS[locale](SHORT[locale]))).toHaveLength(2);
		expect(isEmpty).toBe(false);
	}
	const stranger = await runAs({ cardholder: 'C-0' }, () => listKept(database.db, held.cardholderId));
	expect(stranger).toEqual([]);
});
