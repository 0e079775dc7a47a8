import { expect, type Page, test } from '@playwright/test';
import { admit } from './admit.ts';
import { fillIn, personAt, personTold, signInByNumbers, submit } from './trip.ts';
import { describeWeight, Scales, sumOf } from './weigh.ts';

/** What fits in one round trip of a new connection, for the pages between a message and the amount owed. */
const FIRST = { bytes: 14_000, requests: 3, pages: ['/l', '/sign-in', '/sign-in/code', '/debt'] };
/** Any other page, with all that its first visit brings along: the worker and the page for when there is no connection too. */
const OTHER = { bytes: 60_000, requests: Infinity };

const LANGUAGES = ['zh-CN', 'en'];

/** Two pages at once wait for their lines to be still at once; each language has a line of its own. */
let scales: Map<string, Scales>;
test.beforeAll(async ({ browser }, { project }) => {
	const origin = project.use.baseURL ?? '';
	const opened = LANGUAGES.map(async (locale) => [locale, await Scales.open(browser, origin)] as const);
	scales = new Map(await Promise.all(opened));
});
test.afterAll(async () => {
	for (const each of scales.values()) await each.close();
});

/** Each page in each language, on a first visit by whoever is on the page. */
async function expectLight(page: Page, paths: readonly string[]): Promise<void> {
	const cookies = await page.context().cookies();
	const inLanguage = async ([locale, of]: [string, Scales]) => {
		for (const path of paths) {
			const { carried, blocking } = await of.weigh(path, locale, cookies);
			const most = FIRST.pages.includes(path) ? FIRST : OTHER;
			const told = `${path} ${locale}: ${describeWeight(carried)}`;
			if (process.env.WEIGHTS) console.log(told);
			expect.soft(sumOf(carried), told).toBeLessThanOrEqual(most.bytes);
			expect.soft(carried.length, told).toBeLessThanOrEqual(most.requests);
			expect.soft(blocking, told).toEqual([]);
		}
	};
	await Promise.all([...scales].map(inLanguage));
}

test('the pages before signing in are light', async ({ page }) => {
	test.slow();
	const { link } = await personAt(page, 6);
	await page.goto(link ?? '');
	await expectLight(page, ['/l', '/sign-in', '/', '/help', '/offline']);
	await page.locator('main form button').first().click();
	await expect(page).toHaveURL(/\/sign-in\/code/);
	await expectLight(page, ['/sign-in/code']);
});

test('the pages of somebody who has just signed in are light', async ({ page }) => {
	test.slow();
	await admit(page);
	await expectLight(page, ['/debt', '/debt/why', '/debt/ahead', '/debt/pay', '/hardship', '/security', '/help']);
});

test('the pages of a draft, and of an application that was sent, are light', async ({ page }) => {
	test.slow();
	await admit(page);
	await fillIn(page);
	await expectLight(page, ['/debt', '/hardship', '/documents', '/documents/kept', '/plans', '/check']);
	await page.goto('/check');
	await submit(page);
	await expectLight(page, ['/debt', '/application']);
});

for (const [what, told, paths] of [
	['an agreement to be signed', /申请有了答复/, ['/debt', '/agreement', '/application']],
	['a plan with a missed instalment', /有一期未到/, ['/debt', '/agreement', '/agreement/calendar', '/debt/ahead']],
	['a plan that has lapsed', /计划有变动/, ['/debt', '/agreement']],
] as const) {
	test(`the pages of ${what} are light`, async ({ page }) => {
		test.slow();
		await signInByNumbers(page, await personTold(page, told));
		await expectLight(page, paths);
	});
}
