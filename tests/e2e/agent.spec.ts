import { expect, test } from '@playwright/test';
import { decide, signInStaff } from './desk.ts';
import { apply, personAt, signIn } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test('an agent looks at the evidence and declines with a reason, which the cardholder reads with a way to object', async ({
	page,
	browser,
	baseURL,
}) => {
	await signIn(page, await personAt(page, 5));
	const reference = await apply(page);

	const desk = await browser.newPage({
		baseURL: baseURL ?? '',
		viewport: { width: 1280, height: 800 },
		locale: 'zh-CN',
	});
	await signInStaff(desk, 'omar');
	await decide(desk, reference, 'declined');
	await desk.close();

	await page.goto('/application');
	await expect(page.locator('main')).toContainText(w('application_declined_lead'));
	await expect(page.locator('main')).toContainText(w('application_object_title'));
	await expect(page.locator('main')).toContainText('12378');
});

test('the desk is closed to those who work elsewhere, and a stranger is asked to sign in', async ({ page }) => {
	await page.goto('/desk');
	await expect(page).toHaveURL(/\/staff\/sign-in/);
	await signInStaff(page, 'ines');
	const answer = await page.goto('/desk');
	expect(answer?.status()).toBe(403);
});
