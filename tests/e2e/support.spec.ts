import { expect, test } from '@playwright/test';
import { daytimeZone } from '#lib/server/demo/daytime-zone.ts';
import { signInStaff } from './desk.ts';
import { awaitMessage } from './inbox.ts';
import { personAt } from './trip.ts';
import { onDatabase } from './visitors.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test.use({ viewport: { width: 1280, height: 800 } });

test('support sends a new link, the old one dies, and no amount is ever shown', async ({ page, browser, baseURL }) => {
	const person = await personAt(page, 4);
	// At whatever hour this is run, a message may reach them.
	const awake = [daytimeZone(new Date()), person.phone];
	await onDatabase((client) => client.query('update cardholder set time_zone = $1 where phone = $2', awake));
	await signInStaff(page, 'qiao');
	await page.locator('[name=search]').fill(person.phone);
	await page.getByRole('button', { name: w('support_search_button') }).click();
	await expect(page).toHaveURL(/\/support\/./);
	await page
		.getByRole('button', { name: w('support_resend_button') })
		.first()
		.click();
	await expect(page.locator('body')).toContainText(w('support_resend_done'));
	const text = await page.locator('body').innerText();
	expect(text).not.toMatch(/¥|￥|\d,\d{3}|\d+\.\d\d/);
	expect(text).not.toContain(person.phone);

	const { link } = await awaitMessage(page, person.phone, /新链接/);
	expect(link).not.toBe(person.link);
	const reader = await browser.newPage({ baseURL: baseURL ?? '', locale: 'zh-CN' });
	await reader.goto(person.link ?? '');
	await expect(reader.locator('main')).toContainText(w('link_dead_title'));
	await reader.goto(link ?? '');
	await expect(reader.locator('main')).toContainText(w('link_title'));
	await reader.close();

	for (const path of ['/desk', '/overview', '/admin', '/debt']) {
		const { status } = await page.evaluate(async (address) => {
			const answer = await fetch(address, { redirect: 'manual' });
			return { status: answer.type === 'opaqueredirect' ? 303 : answer.status };
		}, path);
		expect([303, 403], path).toContain(status);
	}
});

test('the caller reads four characters from their screen, and support sees on which page they are', async ({
	page,
	browser,
	baseURL,
}) => {
	const person = await personAt(page, 4);
	const caller = await browser.newPage({ baseURL: baseURL ?? '', locale: 'zh-CN', javaScriptEnabled: false });
	await caller.goto('/help');
	await expect(caller.locator('.characters')).toHaveCount(0);
	await caller.goto('/sign-in');
	await caller.locator('[name=phone]').fill(person.phone);
	await caller.locator('[name=card_last4]').fill(person.cardLast4);
	await caller.locator('main form button').first().click();
	await expect(caller).toHaveURL(/\/sign-in\/code/);
	await caller.getByRole('link', { name: w('help_link') }).click();
	const characters = (await caller.locator('.characters').innerText()).replace(/\s/g, '');
	expect(characters).toMatch(/^[A-Z0-9]{4}$/);
	await caller.close();

	await signInStaff(page, 'noor');
	await page.locator('[name=search]').fill(person.phone);
	await page.getByRole('button', { name: w('support_search_button') }).click();
	await page.locator('[name=characters]').fill(characters.toLowerCase());
	await page.getByRole('button', { name: w('support_screen_button') }).click();
	await expect(page.locator('body')).toContainText(w('support_screen_fits'));
	await expect(page.locator('body')).toContainText(w('support_screen_at_code'));
});
