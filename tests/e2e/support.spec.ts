import { expect, test } from '@playwright/test';
import { signInStaff } from './desk.ts';
import { awaitMessage } from './inbox.ts';
import { personAt } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test.use({ viewport: { width: 1280, height: 800 } });

test('support sends a new link, the old one dies, and no amount is ever shown', async ({ page, browser, baseURL }) => {
	const person = await personAt(page, 4);
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
