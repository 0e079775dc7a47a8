import { beforeAll, beforeEach, expect, test } from 'vitest';
import { owed } from '#lib/domain/account/owed.ts';
import { formatAmount } from '#lib/domain/money.ts';
import { findAccountState } from '#lib/server/account/account-state.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { rereadEnv } from '#lib/server/env.ts';
import { load as loadAhead } from '../../src/routes/(cardholder)/debt/ahead/+page.server.ts';
import { load as loadPay } from '../../src/routes/(cardholder)/debt/pay/+page.server.ts';
import { load as loadWhy } from '../../src/routes/(cardholder)/debt/why/+page.server.ts';
import { useDatabase } from '../support/database.ts';
import { makeMarketAccount, marketCase, publishPolicies } from '../support/market-account.ts';
import { usePages } from '../support/render-page.ts';
import { makeCardholder, makeDraft, post, TODAY } from '../support/trip.ts';

const database = useDatabase();
const pages = usePages();
const LOADS = { why: loadWhy, ahead: loadAhead, pay: loadPay } as const;
type Page = keyof typeof LOADS;
const ALL = Object.keys(LOADS) as Page[];

beforeAll(async () => {
	for (const market of ['jp', 'kw']) await publishPolicies(database.db, market);
});
beforeEach(() => {
	onDay(TODAY);
});

function onDay(day: string): void {
	process.env.PORTAL_TODAY = day;
	rereadEnv();
}

/** What the page's load answers to a signed-in person, or where it sends them. */
async function load(
	page: Page,
	{ cardholderId, accountId }: { cardholderId: string; accountId: string | null },
	query = '',
) {
	const locals = { db: database.db, cardholder: { id: cardholderId, accountId, sessionId: 's' } };
	const event = { locals, url: new URL(`http://127.0.0.1/debt/${page}${query}`) };
	return (await LOADS[page](event as never)) as Record<string, unknown> & { view: string };
}

async function drawn(page: Page, owner: Owner, locale: 'zh-CN' | 'en' | 'zh-TW' = 'en', query = ''): Promise<string> {
	const data = await load(page, owner, query);
	const html = await pages.render(`/src/routes/(cardholder)/debt/${page}/+page.svelte`, { data }, locale);
	return html.replace(/<!--.*?-->/g, '').replaceAll('\u00a0', ' ');
}

/** What is read or heard, without tags; an amount's parts stay together. */
const words = (html: string) =>
	html
		.replace(/<\/?span[^>]*>/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ');

test('why, ahead and pay are the signed-in person’s alone: another’s account is not found', async () => {
	const [mine, others] = [await makeCardholder(database.db), await makeCardholder(database.db)];
	for (const page of ALL) {
		expect((await load(page, mine)).view).toBe(page);
		const stranger = load(page, { cardholderId: mine.cardholderId, accountId: others.accountId });
		await expect(stranger).rejects.toMatchObject({ status: 303, location: '/debt' });
	}
});

test('who has several accounts is asked which, where they chose none', async () => {
	const owner = await makeCardholder(database.db);
	const second = { id: 'second', cardholder_id: owner.cardholderId, card_last4: '9902', currency: 'CNY' };
	await database.db
		.insertInto('account')
		.values({ ...second, policy_code: 'cn-standard', opened_on: '2024-01-01' })
		.execute();
	for (const page of ALL) {
		await expect(load(page, { ...owner, accountId: null })).rejects.toMatchObject({ status: 303, location: '/debt' });
		expect((await load(page, { ...owner, accountId: 'second' })).view).toBe(page);
	}
});

test('an account that is being checked shows a calm sentence and no amount, on every page', async () => {
	const owner = await makeCardholder(database.db);
	await database.db.updateTable('account').set({ policy_code: 'nowhere' }).where('id', '=', owner.accountId).execute();
	for (const page of ALL) {
		expect(await load(page, owner)).toEqual({ view: 'checked', cardLast4: '4821' });
		const text = words(await drawn(page, owner));
		expect(text).toContain('We are checking this account');
		expect(text).not.toMatch(/¥|\d\.\d\d/);
	}
});

test('why shows the total that its months add up to, and a month’s days when asked', async () => {
	const owner = await makeCardholder(database.db);
	const state = await findAccountState(database.db, owner.accountId);
	if (!state || state.beingChecked) throw new Error('sound');
	const { totalOutstanding } = owed(state.history, state.timeline, TODAY);
	const { why } = (await load('why', owner, '?month=2026-10')) as unknown as { why: Record<string, never> };
	const { told, days } = why as unknown as {
		told: { total: number; opening: { total: number }; months: { change: number }[] };
		days: { on: string; total: number }[];
	};
	expect(told.total).toBe(totalOutstanding);
	expect(told.months.reduce((sum, { change }) => sum + change, told.opening.total)).toBe(totalOutstanding);
	expect(days.map(({ on }) => on)).toEqual(days.map((_day, index) => `2026-10-${String(31 - index).padStart(2, '0')}`));
	const html = await drawn('why', owner, 'zh-CN', '?month=2026-10');
	expect(words(html)).toContain('2026年10月');
	expect(html).toContain('<table');
});

test('waiting answers the day that was asked for, and names a day that cannot be', async () => {
	const owner = await makeCardholder(database.db);
	expect(words(await drawn('why', owner))).toContain('Waiting until Fri 27 November 2026 adds');
	expect(words(await drawn('why', owner, 'en', '?until=2026-12-01'))).toContain('Waiting until Tue 1 December 2026');
	const wrong = await drawn('why', owner, 'en', '?until=2026-02-30');
	expect(words(wrong)).toContain('Choose a day from 21 Nov 2026 to 18 Feb 2027.');
	expect(wrong).toContain('aria-invalid="true"');
});

test('a payment posted today is told today, and lowers what is left to pay', async () => {
	const owner = await makeCardholder(database.db);
	const before = (await load('pay', owner)) as unknown as { pay: { today: { payAll: number } } };
	await post(database.db, owner, TODAY, 'payment', 100_000);
	const after = (await load('pay', owner)) as unknown as { pay: { today: { payAll: number } } };
	expect(after.pay.today.payAll).toBe(before.pay.today.payAll - 100_000);
	expect(words(await drawn('why', owner))).toMatch(/less than yesterday.*Your payment arrived\. It went to/);
});

test('the picture has a title, a description, a line for each course and a table behind it; no script, no style', async () => {
	const owner = await makeCardholder(database.db);
	const without = await drawn('ahead', owner);
	await makeDraft(database.db, owner);
	const html = await drawn('ahead', owner);
	const courses = (of: string) => [...of.matchAll(/<path class="course (\w+)/g)].map(([, kind]) => kind);
	expect(courses(without)).toEqual(['past', 'nothing', 'minimum']);
	expect(courses(html)).toEqual(['past', 'nothing', 'minimum', 'plan']);
	expect(html).toMatch(/role="img" aria-labelledby="ahead-title ahead-description"/);
	expect(html).toMatch(/<desc id="ahead-description">From [^<]*nothing is paid[^<]*minimum[^<]*plan that you chose/);
	expect(html).toContain('<table');
	expect(html).not.toMatch(/<script|style="/);
});

test('the plan of a withdrawn application is drawn no more', async () => {
	const owner = await makeCardholder(database.db);
	const { applicationId } = await makeDraft(database.db, owner);
	await database.db.updateTable('application').set({ status: 'withdrawn' }).where('id', '=', applicationId).execute();
	expect(await drawn('ahead', owner)).not.toContain('course plan');
});

test('how to pay is the bank’s own words, with an address where it names one', async () => {
	const owner = await makeCardholder(database.db);
	const seeded = words(await drawn('pay', owner, 'zh-CN'));
	expect(seeded).toContain('手机银行');
	expect(seeded).toContain('还款以银行入账日为准');
	const value = JSON.stringify({ text: { en: 'Pay at the counter.' }, address: 'https://pay.example.com/card' });
	await database.db.updateTable('setting').set({ value }).where('key', '=', 'how_to_pay').execute();
	const html = await drawn('pay', owner);
	expect(words(html)).toContain('Pay at the counter.');
	expect(html).toContain('href="https://pay.example.com/card"');
});

test('what the bank wrote in no language of the reader’s is marked as the language that it is in; their own is not', async () => {
	const owner = await makeCardholder(database.db);
	const setTo = async (text: object) => {
		const value = JSON.stringify({ text });
		await database.db.updateTable('setting').set({ value }).where('key', '=', 'how_to_pay').execute();
	};
	await setTo({ en: 'At the counter.', 'zh-CN': '到网点柜台。' });
	expect(await drawn('pay', owner, 'zh-TW')).toContain('<span lang="zh-CN">到网点柜台。</span>');
	expect(await drawn('pay', owner, 'en')).toMatch(/<p class="words[^>]*>At the counter\.<\/p>/);
	await setTo({ en: 'At the counter.' });
	expect(await drawn('pay', owner, 'zh-TW')).toContain('<span lang="en">At the counter.</span>');
});

test.each(['jp', 'kw'])('the pages hold in the market %s: its own currency, digits and terms', async (market) => {
	const owner = await makeMarketAccount(database.db, market);
	const { asOf, history } = marketCase(market);
	onDay(asOf);
	const state = await findAccountState(database.db, owner.accountId);
	if (!state || state.beingChecked) throw new Error('sound');
	const { totalOutstanding } = owed(history, state.timeline, asOf);
	const decimal = formatAmount(totalOutstanding, history.currency);
	const total = decimal.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
	for (const locale of ['en', 'zh-CN'] as const) {
		for (const page of ALL) {
			const html = await drawn(page, owner, locale);
			const text = words(html);
			expect(text, page).toContain(total);
			// The picture's axis writes no more decimals than tell its amounts apart.
			const amounts = [...words(html.replace(/<svg.*?<\/svg>/gs, ' ')).matchAll(/(?:¥|KWD )[\d,]+(?:\.\d+)?/g)];
			const { digits } = history.currency;
			const odd = amounts.map(([amount]) => amount).filter((amount) => (amount.split('.')[1] ?? '').length !== digits);
			expect(amounts.length, page).toBeGreaterThan(2);
			expect(odd, page).toEqual([]);
			expect(text).not.toMatch(/NaN|undefined|\[object/);
		}
	}
});
