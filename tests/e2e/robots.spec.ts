import { expect, type Page, test } from '@playwright/test';
import { awaitMessage, type InboxMessage, readInbox } from './inbox.ts';
import { personAt } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const PLACE = 9;

async function codesTo({ phone }: InboxMessage, page: Page): Promise<string[]> {
	const browser = page.context().browser();
	if (!browser) throw new Error('the page has no browser');
	const messages = await readInbox(browser, new URL(page.url()).origin);
	return messages
		.filter((message) => message.phone === phone && message.link === undefined)
		.map(({ text }) => /(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1] ?? '');
}

test('a browser that opens a link, runs its scripts and does not tap consumes nothing and learns nothing', async ({
	page,
}) => {
	const person = await personAt(page, PLACE);
	const token = person.link?.slice('/l/'.length) ?? '';
	const codesBefore = await codesTo(person, page);
	const asked: string[] = [];
	page.on('request', (request) => asked.push(`${request.url()} ${JSON.stringify(request.headers())}`));
	await page.goto(person.link ?? '');
	await page.waitForLoadState('networkidle');
	await expect(page).toHaveURL(/\/l$/);
	await expect(page.locator('main form button').first()).toHaveText(w('link_send'));
	await page.reload({ waitUntil: 'networkidle' });

	const [first, ...later] = asked;
	expect(first).toContain(token);
	// The cookie carries it from here on, out of any script's reach.
	const told = later.map((line) => line.replace(/"cookie":"[^"]*"/, ''));
	expect(told.length).toBeGreaterThan(1);
	expect(told.filter((line) => line.includes(token))).toEqual([]);
	const seen = await page.evaluate(() =>
		JSON.stringify([document.documentElement.outerHTML, document.cookie, document.referrer, { ...localStorage }]),
	);
	for (const secret of [token, person.phone.slice(-4), person.idLast4, person.cardLast4]) {
		expect(seen).not.toContain(secret);
	}
	expect(await codesTo(person, page)).toEqual(codesBefore);
});

test('coming back from the SMS app or a closed tab: the same code is open, no second one is sent, and it can be pasted', async ({
	page,
	browser,
	baseURL,
}) => {
	const person = await personAt(page, PLACE);
	const before = (await codesTo(person, page)).length;
	await page.goto(person.link ?? '');
	await page.getByRole('button', { name: w('link_send') }).click();
	await expect(page).toHaveURL(/\/sign-in\/code/);
	await expect(page.locator('[name=code]')).toHaveAttribute('autocomplete', 'one-time-code');
	await expect(page.locator('[name=code]')).toHaveAttribute('inputmode', 'numeric');
	const { text } = await awaitMessage(page, person.phone, /(?<!\d)\d{6}(?!\d)/);
	const code = /(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1] ?? '';
	const storageState = await page.context().storageState();
	await page.close();

	const context = await browser.newContext({ storageState, baseURL: baseURL ?? '', locale: 'zh-CN' });
	const again = await context.newPage();
	await again.goto('/sign-in/code');
	await expect(again.locator('[name=code]')).toBeVisible();
	// From the SMS's link once more.
	await again.goto(person.link ?? '');
	await again.getByRole('link', { name: w('link_enter_code') }).click();
	expect(await codesTo(person, again)).toHaveLength(before + 1);
	const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
	await again.locator('[name=code]').fill(`${wide.slice(0, 3)} - ${wide.slice(3)}`);
	await again.locator('[name=id_last4]').fill(person.idLast4);
	await again.locator('form[action="?/enter"] button').first().click();
	await expect(again).toHaveURL(/\/debt$/);
	await context.close();
});
