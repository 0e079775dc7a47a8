import { expect, test } from '@playwright/test';
import { signInStaff } from './desk.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test('signing out of the desk without a line keeps the page and says so, and with one again it signs out', async ({
	page,
	context,
}) => {
	test.setTimeout(90_000);
	await signInStaff(page, 'omar');
	// The desk's live line tells that its script is awake.
	const awake = page.waitForRequest(/\/desk\/live/);
	await page.goto('/desk');
	await awake;
	const out = page.locator('header form[action="/staff/sign-out"] button');
	await context.setOffline(true);
	await out.click();
	const told = page.getByRole('status').filter({ hasText: w('staff_sign_out_cut_off') });
	await expect(told).toBeVisible();
	await expect(page).toHaveURL(/\/desk$/);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await out.click();
	await expect(told).toBeVisible();
	await context.setOffline(false);
	await out.click();
	await expect(page).toHaveURL(/\/staff\/sign-in/);
	await page.goto('/desk');
	await expect(page).toHaveURL(/\/staff\/sign-in/);
});
