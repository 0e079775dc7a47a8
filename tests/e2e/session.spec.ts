import { expect, type Page, test } from '@playwright/test';
import { signInStaff } from './desk.ts';
import { awaitMessage, type InboxMessage } from './inbox.ts';
import { query } from './run-folder.ts';
import { setEnd } from './session-end.ts';
import { personAt, signIn } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

/** Lets the sessions run out where they are kept. */
async function expireSessions(phone: string): Promise<void> {
	const ofPhone = `cardholder_id in (select id from cardholder where phone = $1)`;
	await query(`update cardholder_session set expires_at = now() - interval '1 second' where ${ofPhone}`, [phone]);
}

/** From the sign-in page with what the person knows, to wherever it leads. */
async function enterAgain(page: Page, { phone, cardLast4, idLast4 }: InboxMessage): Promise<void> {
	await page.locator('[name=phone]').fill(phone);
	await page.locator('[name=card_last4]').fill(cardLast4);
	const before = (await awaitMessage(page, phone, /(?<!\d)\d{6}(?!\d)/)).text;
	await page.locator('main form button').first().click();
	await expect(page).toHaveURL(/\/sign-in\/code/);
	const { text } = await awaitMessage(page, phone, new RegExp(`^(?!${before}$).*(?<!\\d)\\d{6}(?!\\d)`, 's'));
	await page.locator('[name=code]').fill(/(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1] ?? '');
	await page.locator('[name=id_last4]').fill(idLast4);
	await page.locator('form[action="?/enter"] button').first().click();
}

test('two minutes before the end a page asks, and one key stays; nothing is over while another tab is used', async ({
	page,
}) => {
	await signIn(page, await personAt(page, 2));
	for (const path of ['/hardship', '/application']) {
		await page.goto(path);
		await page.waitForLoadState('networkidle');
		const dialog = page.getByRole('alertdialog');
		await expect(dialog).toBeHidden();
		const before = page.locator('main').locator('a, button, input:not([type=hidden])').first();
		await before.focus();
		await setEnd(page, 'session-ends', 121_000, 3_600_000);
		await expect(dialog).toBeHidden();
		await setEnd(page, 'session-ends', 119_000, 3_600_000);
		await expect(dialog).toBeVisible();
		await expect(dialog).toContainText(/\d\d:\d\d/);
		await expect(dialog.getByRole('button', { name: w('session_stay') })).toBeFocused();
		const renewed = page.waitForResponse(
			(answer) => answer.url().endsWith('/stay') && answer.request().method() === 'POST',
		);
		await page.keyboard.press(path === '/hardship' ? 'Enter' : 'Escape');
		expect((await renewed).status()).toBe(204);
		await expect(dialog).toBeHidden();
		// Whoever was in the middle of something is there again.
		await expect(before).toBeFocused();
	}
	await setEnd(page, 'session-ends', 90_000, 90_000);
	await expect(page.getByRole('alertdialog')).toContainText(w('session_last_title'));
	await page.getByRole('button', { name: w('session_go_on') }).click();
	await expect(page.getByRole('alertdialog')).toBeHidden();

	// Another tab was used meanwhile: the server has the last word.
	await page.goto('/debt');
	await page.waitForLoadState('networkidle');
	await setEnd(page, 'session-ends', -1_000, 3_600_000);
	await expect(page.locator('.hero').first()).toBeVisible();
	await expect(page.locator('#session-over')).toBeHidden();
	expect(await page.evaluate(() => document.cookie)).toMatch(/session-ends=\d+/);
});

test('when it is over the page hides what it showed, and what was typed is there after signing in again', async ({
	page,
}) => {
	const person = await personAt(page, 9);
	await signIn(page, person);
	await page.goto('/hardship');
	await page.waitForLoadState('networkidle');
	await expireSessions(person.phone);
	await page.locator('[name=circumstances]').fill('夜里送货摔伤了手，下月复工。');
	await setEnd(page, 'session-ends', -1_000, 3_600_000);
	await expect(page.getByRole('heading', { name: w('session_over_title') })).toBeFocused();
	await expect(page.locator('main')).toHaveCount(0);
	await expect(page.getByText(w('session_over_kept'))).toBeVisible();
	await page.getByRole('link', { name: w('session_sign_in') }).click();
	await expect(page.getByText(w('session_ended_kept'))).toBeVisible();
	await enterAgain(page, person);
	await expect(page).toHaveURL(/\/resume$/);
	await expect(page.locator('main')).toContainText('夜里送货摔伤了手');
	await page.getByRole('button', { name: w('resume_show') }).click();
	await expect(page).toHaveURL(/\/hardship/);
	await expect(page.locator('[name=circumstances]')).toHaveValue('夜里送货摔伤了手，下月复工。');
	await page.goto('/resume');
	await expect(page.getByRole('heading', { name: w('resume_nothing') })).toBeVisible();
});

test('staff are asked too, and signed out of the page when it is over', async ({ page }) => {
	await page.setViewportSize({ width: 1280, height: 800 });
	await signInStaff(page, 'qiao');
	await page.waitForLoadState('networkidle');
	await setEnd(page, 'staff-session-ends', 60_000, 3_600_000);
	await expect(page.getByRole('alertdialog')).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('alertdialog')).toBeHidden();
	await query(`update staff_session set expires_at = now() - interval '1 second'
		where staff_id = (select id from staff where login = 'qiao')`);
	await page.locator('[name=search]').fill('4821');
	await setEnd(page, 'staff-session-ends', -1_000, 3_600_000);
	await expect(page.getByRole('heading', { name: w('session_over_title') })).toBeVisible();
	await page.getByRole('link', { name: w('session_sign_in') }).click();
	await expect(page).toHaveURL(/\/staff\/sign-in\?ended/);
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });
	test('a form sent too late is kept, and comes back whole after signing in', async ({ page }) => {
		const person = await personAt(page, 8);
		await signIn(page, person);
		await page.goto('/hardship');
		await expect(page.getByText(w('session_limits').slice(0, 6))).toBeVisible();
		await page.locator('[name=reason][value=unemployment]').check();
		await page.locator('[name=circumstances]').fill('厂里停工，正在找活。');
		await page.locator('[name=wages]').fill('3,200');
		await expireSessions(person.phone);
		await page.getByRole('button', { name: w('hardship_save') }).click();
		await expect(page).toHaveURL(/\/sign-in\?ended=kept/);
		await expect(page.locator('main')).toContainText(w('session_ended_kept'));
		await enterAgain(page, person);
		await expect(page).toHaveURL(/\/resume$/);
		await page.getByRole('button', { name: w('resume_show') }).click();
		await expect(page.locator('[name=circumstances]')).toHaveValue('厂里停工，正在找活。');
		await expect(page.locator('[name=wages]')).toHaveValue('3,200');
		await expect(page.locator('[name=reason][value=unemployment]')).toBeChecked();
	});
});
