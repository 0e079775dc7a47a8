import { afterEach, beforeAll, expect, test } from 'vitest';
import { findWholeApplication } from '#lib/server/application/read-application.ts';
import { today } from '#lib/server/clock.ts';
import { parseChecklist } from '#lib/server/review/checklist-rules.ts';
import { composeLetter } from '#lib/server/review/compose-letter.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { parseDeclineTemplates } from '#lib/server/review/decline-rules.ts';
import { findDecision } from '#lib/server/review/decision.repository.ts';
import { replayKeptDecisions } from '#lib/server/review/replay-kept-decision.ts';
import { listBreaches } from '../support/breaches.ts';
import { inHand, tracesOf, UNDECIDED } from '../support/case-in-hand.ts';
import { CHECKS, checksSeen, writeSetting } from '../support/checks.ts';
import { useDatabase } from '../support/database.ts';
import { object } from '../support/objection.ts';
import { runNode } from '../support/run-command.ts';

const database = useDatabase();

beforeAll(() => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
});

let putBack: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const back of putBack.reverse()) await back();
	putBack = [];
});
async function set(key: string, value: object): Promise<void> {
	putBack.push(await writeSetting(database.owner, key, value));
}
const settingOf = async (key: string) =>
	(await database.db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirstOrThrow()).value;

interface Checks {
	items: { code: string; words: Record<string, string>; needed: boolean; reasons?: string[] }[];
}
const checks = async () => (await settingOf('checks')) as Checks;
const itemOf = (code: string, more: object = {}) => ({
	code,
	words: { 'zh-CN': `核对 ${code}`, en: `Check ${code}` },
	needed: true,
	...more,
});

test('what the portal comes with is the list of six, all of them needed', async () => {
	const list = parseChecklist(await checks());
	expect(list.map(({ code }) => code)).toEqual(CHECKS);
	expect(list.every(({ needed, reasons }) => needed && !reasons)).toBe(true);
});

test('the bank’s own list is what an approval needs: what is not needed may stay open, what is for other reasons is not asked', async () => {
	const { items } = await checks();
	const own = [itemOf('called_back', { needed: false }), itemOf('death_seen', { reasons: ['death_of_earner'] })];
	await set('checks', { items: [...items, ...own, itemOf('hospital_called', { reasons: ['illness_or_injury'] })] });
	const held = await inHand(database.db);
	const decide = (checked: readonly string[]) => decideApplication(database.db, { ...held.order, checked });
	expect(await decide(CHECKS)).toEqual({ ok: false, refusal: 'unchecked' });
	expect(await decide([...CHECKS, 'hospital_called', 'death_seen'])).toEqual({ ok: false, refusal: 'unknown_check' });
	expect(await decide([...CHECKS, 'hospital_called', 'toString'])).toEqual({ ok: false, refusal: 'unknown_check' });
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
	expect(await decide([...CHECKS, 'hospital_called'])).toMatchObject({ ok: true });
});

test('a list that changed while the page was open decides nothing, not even a decline; the new one does', async () => {
	const { items } = await checks();
	const held = await inHand(database.db);
	const reworded = items.map((item) => (item.code === 'need' ? { ...item, words: { 'zh-CN': '另一句' } } : item));
	await set('checks', { items: reworded });
	expect(await decideApplication(database.db, held.order)).toEqual({ ok: false, refusal: 'checks_changed' });
	const declined = { ...held.order, outcome: 'declined', reason: 'able_to_pay', checked: [] } as const;
	expect(await decideApplication(database.db, declined)).toEqual({ ok: false, refusal: 'checks_changed' });
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
	const anew = { ...held.order, checksSeen: await checksSeen(database.db, held.applicationId) };
	expect(await decideApplication(database.db, anew)).toMatchObject({ ok: true });
});

test('a decision keeps the list that was valid, in its words, and replay and the record show it whatever the bank writes later', async () => {
	const { items } = await checks();
	await set('checks', { items: [...items, itemOf('called_back', { needed: false })] });
	const held = await inHand(database.db);
	expect(await decideApplication(database.db, held.order)).toMatchObject({ ok: true });
	await set('checks', { items: [itemOf('only_this')] });
	const [kept] = await replayKeptDecisions(database.db, held.reference);
	expect(kept?.replayed?.checklist?.map(({ code }) => code)).toEqual([...CHECKS, 'called_back']);
	expect(kept?.replayed?.checked).toEqual(CHECKS);
	expect(await findDecision(database.db, { applicationId: held.applicationId })).toMatchObject({
		checked: CHECKS,
		checklist: expect.arrayContaining([itemOf('called_back', { needed: false })]) as object,
	});
	const env = { EMBEDDED_DATABASE_URL: database.connectionString };
	const { output } = await runNode(['src/cli/portal.ts', 'replay', held.reference], { env });
	expect(output).toContain('  checked: identity, Identity: name and ID fit the documents\n');
	expect(output).toContain('  not checked: called_back, Check called_back\n');
	expect(output).not.toContain('only_this');
});

test('a list that makes no sense is refused as a whole', async () => {
	const { items } = await checks();
	const [first] = items;
	const wrong: object[] = [
		{ items: [] },
		{ items: [...items, first] },
		{ items: [itemOf('Upper Case')] },
		{ items: [{ ...first, words: { en: 'Only English' } }] },
		{ items: [{ ...first, words: { 'zh-CN': ' ' } }] },
		{ items: [{ ...first, words: { 'zh-CN': '身份', fr: 'Identité' } }] },
		{ items: [{ ...first, reasons: ['boredom'] }] },
		{ items: [{ ...first, needed: 'yes' }] },
		// Most reasons would be approved with nothing checked.
		{ items: [{ ...first, reasons: ['disaster'] }] },
		{ items: [{ ...first, needed: false }] },
	];
	for (const setting of wrong) expect(() => parseChecklist(setting), JSON.stringify(setting)).toThrow();
	const held = await inHand(database.db);
	await set('checks', wrong[1] ?? {});
	await expect(decideApplication(database.db, held.order)).rejects.toThrow('twice');
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
});

interface Letters {
	reasons: { code: string; name: object; reason: object; letter?: Record<string, string>; isRetired?: boolean }[];
	object: Record<string, string>;
	final: Record<string, string>;
	phoneElse: Record<string, string>;
}
const letters = async () => (await settingOf('decline_letters')) as Letters;

/** An application declined with the letter that the agent's page showed. */
async function declined(words = '') {
	const held = await inHand(database.db);
	const { applicationId } = held;
	const reason = 'able_to_pay';
	const letter = await composeLetter(database.db, { applicationId, reason, locale: 'zh-CN', today: today() });
	const order = { ...held.order, outcome: 'declined', reason, words, checked: [] } as const;
	return { held, letter, order: { ...order, letterSeen: letter?.mark } };
}

test('a decline sends the bank’s letter in the cardholder’s language with the agent’s own sentence and the way to object, and keeps all of it', async () => {
	const { held, letter, order } = await declined('欢迎随时来电。');
	expect(await decideApplication(database.db, order)).toMatchObject({ ok: true });
	expect(letter?.body).toMatch(/^按您填写的收支/);
	expect(letter?.object).toMatch(/\d{4}年\d+月\d+日.*提出异议.* 个工作日内/);
	expect(letter?.body).toContain('卡片背面的号码');
	await set('decline_letters', { ...(await letters()), reasons: [(await letters()).reasons.at(-1)] });
	const decision = (await findWholeApplication(database.db, held))?.decision;
	expect(decision).toMatchObject({
		words: `${letter?.body ?? ''}\n\n欢迎随时来电。\n\n${letter?.object ?? ''}`,
		reason: { 'zh-CN': '按您提供的收支，您目前有能力还款。', en: 'On your figures you are able to pay as agreed.' },
		letter: {
			body: letter?.body,
			own: '欢迎随时来电。',
			object: letter?.object,
			code: 'able_to_pay',
			language: 'zh-CN',
		},
	});
});

test('a letter that the bank changed while it was being confirmed is not sent; a reason that it gave up is not given', async () => {
	const { held, order } = await declined();
	const before = await letters();
	const changed = before.reasons.map((one) =>
		one.code === 'able_to_pay' ? { ...one, letter: { 'zh-CN': '另一句。', en: 'Another.' } } : one,
	);
	await set('decline_letters', { ...before, reasons: changed });
	expect(await decideApplication(database.db, order)).toEqual({ ok: false, refusal: 'letter_changed' });
	const retired = before.reasons.map((one) => (one.code === 'able_to_pay' ? { ...one, isRetired: true } : one));
	await set('decline_letters', { ...before, reasons: retired });
	expect(await decideApplication(database.db, order)).toEqual({ ok: false, refusal: 'reason_unknown' });
	expect(await tracesOf(database.db, held)).toEqual(UNDECIDED);
});

test('what is declined after an objection names the way to complain, not the way to object', async () => {
	const { held, order } = await declined();
	await decideApplication(database.db, order);
	const { applicationId } = held;
	expect(await object(database.db, held)).toEqual({ ok: true });
	const letter = await composeLetter(database.db, { applicationId, reason: 'other', locale: 'en', today: today() });
	expect(letter).toMatchObject({ body: '', object: expect.stringContaining('12378') as string });
	expect(letter?.object).not.toContain('object on this page');
});

test('templates with an unknown placeholder, a missing language or what no letter may hold are refused as they are read', async () => {
	const good = await letters();
	const [first, ...rest] = good.reasons;
	const withLetter = (zh: string, en = 'Plain.') => ({
		...good,
		reasons: [{ ...first, letter: { 'zh-CN': zh, en } }, ...rest],
	});
	expect(parseDeclineTemplates(withLetter('请致电{phone}。'))).toBeTruthy();
	const wrong: object[] = [
		...['{amount}', '{name}', '{card}', '{cardLast4}', '{Phone}', '{ phone }', '{objectUntil}', '{', '}', '{}'].map(
			(part) => withLetter(`您好${part}`),
		),
		withLetter('您好', ''),
		{ ...good, reasons: [{ ...first, letter: { 'zh-CN': '您好' } }] },
		{ ...good, reasons: [{ ...first, letter: { 'zh-CN': '您好', en: 'Hello', fr: 'Bonjour' } }] },
		{ ...good, reasons: [{ ...first, name: { 'zh-CN': '{phone}', en: 'x' } }] },
		{ ...good, reasons: [...good.reasons, first] },
		{ ...good, reasons: good.reasons.map((one) => ({ ...one, isRetired: true })) },
		{ ...good, object: { 'zh-CN': '可以提出异议。', en: 'Object by {objectUntil}.' } },
		{ ...good, final: { 'zh-CN': '{objectUntil}', en: 'x' } },
		{ ...good, extra: true },
		{},
	];
	for (const setting of wrong)
		expect(() => parseDeclineTemplates(setting), JSON.stringify(setting).slice(0, 300)).toThrow();
});

test('verify names a setting of the desk that makes no sense, and why, before anybody opens a case', async () => {
	const found = async () =>
		(await listBreaches(database.db)).filter(({ promise }) => promise.includes('what the bank wrote'));
	expect(await found()).toEqual([]);
	await set('checks', { items: [] });
	await set('decline_letters', { ...(await letters()), final: { 'zh-CN': '{amount}', en: 'x' } });
	expect((await found()).map(({ record }) => record)).toEqual([
		'setting checks: a reason would be approved with nothing checked',
		'setting decline_letters: an unknown placeholder',
	]);
});
