import { expect, test } from '@playwright/test';
import { decide, signInStaff } from './desk.ts';
import { apply, personAt, sign, signIn } from './trip.ts';
import { words } from './words.ts';

test.use({ javaScriptEnabled: false });

test('without JavaScript the whole trip works too', async ({ page, browser, baseURL }) => {
	const person = await personAt(page, 3);
	await signIn(page, person);
	const reference = await apply(page);
	await expect(page.locator('main')).toContainText(reference);
	await expect(page.locator('main')).toContainText(words('zh-CN')('application_sent_lead'));

	const desk = await browser.newPage({
		baseURL: baseURL ?? '',
		viewport: { width: 1280, height: 800 },
		locale: 'zh-CN',
	});
	await signInStaff(desk, 'omar');
	await decide(desk, reference, 'approved');
	await desk.close();
	await sign(page, person);
});
