import { expect, type Page, test } from '@playwright/test';
import { admitOne } from './admit.ts';
import { holdScripts } from './hold-scripts.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const saveLine = (page: Page) => page.locator('#save-line');

const admit = admitOne();

test.beforeEach(async ({ page }) => {
	await admit(page);
});

test('what is typed before the script arrives stays, is reckoned with and kept', async ({ page }) => {
	const release = await holdScripts(page);
	await page.goto('/hardship', { waitUntil: 'commit' });
	await page.locator('[name=reason][value=unemployment]').check();
	await page.locator('[name=circumstances]').fill('厂里停工。');
	await page.locator('[name=wages]').fill('9000');
	await page.locator('[name=housing]').fill('9500');
	release();
	await expect(saveLine(page)).toContainText(w('hardship_kept'));
	await expect(page.locator('[data-sum=surplus]')).toContainText('500');
	await expect(page.locator('.sums .left')).toContainText(w('budget_short'));
	await page.unroute(/\.js$/);
	await page.reload();
	await expect(page.locator('[name=reason][value=unemployment]')).toBeChecked();
	await expect(page.locator('[name=circumstances]')).toHaveValue('厂里停工。');
	await expect(page.locator('[name=wages]')).toHaveValue('9000');
});

test('the sums follow each key, and a line is told wrong only once it is left', async ({ page }) => {
	await page.goto('/hardship');
	for (const field of await page.locator('#budget input').all()) await field.fill('');
	await expect(page.getByText(w('budget_unknown'))).toBeVisible();
	await page.locator('[name=wages]').pressSequentially('9000');
	await page.locator('[name=food]').pressSequentially('1200.50');
	await expect(page.locator('[data-sum=income]')).toHaveText('¥9,000.00');
	await expect(page.locator('[data-sum=surplus]')).toHaveText('¥7,799.50');
	await expect(page.getByText(w('budget_unknown'))).toBeHidden();
	const wrong = page.locator('#health-error');
	await page.locator('[name=health]').pressSequentially('-3');
	await expect(wrong).toBeHidden();
	await page.locator('[name=health]').blur();
	await expect(wrong).toBeVisible();
	await expect(page.locator('[name=health]')).toHaveAttribute('aria-invalid', 'true');
	await page.locator('[name=health]').fill('3');
	await expect(wrong).toBeHidden();
	await expect(page.locator('[data-sum=surplus]')).toHaveText('¥7,796.50');
});

test('figures that the connection keeps from the server come back with the page, and reach it later', async ({
	page,
}) => {
	await page.goto('/hardship');
	await page.route('**/hardship', (route) =>
		route.request().method() === 'POST' ? route.abort('internetdisconnected') : route.continue(),
	);
	await page.locator('[name=wages]').fill('8000');
	await expect(saveLine(page)).toContainText(w('hardship_waiting'));
	// The browser asks before it closes the page; whoever goes all the same finds the figures again.
	page.on('dialog', (dialog) => void dialog.accept());
	await page.reload();
	await expect(page.locator('[name=wages]')).toHaveValue('8000');
	await page.unroute('**/hardship');
	await page.locator('[name=food]').fill('900');
	await expect(saveLine(page)).toContainText(w('hardship_kept'));
	await page.reload();
	await expect(page.locator('[name=wages]')).toHaveValue('8000');
	await expect(page.locator('[name=food]')).toHaveValue('900');
});
