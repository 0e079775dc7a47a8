import { expect, test } from '@playwright/test';
import { apply, personAt, signIn } from './trip.ts';
import { words } from './words.ts';

test.use({ javaScriptEnabled: false });

test('without JavaScript the whole trip works too', async ({ page }) => {
	await signIn(page, await personAt(page, 3));
	const reference = await apply(page);
	await expect(page.locator('main')).toContainText(reference);
	await expect(page.locator('main')).toContainText(words('zh-CN')('application_sent_lead'));
});
