import { expect, type Page, test } from '@playwright/test';
import { admitOne } from './admit.ts';
import { holdScripts } from './hold-scripts.ts';
import { nameReason } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

const field = (page: Page) => page.locator('[name=monthly]');
const slider = (page: Page) => page.locator('input[type=range]');
const firstPick = (page: Page) => page.locator('form[action^="?/choose"] [name=instalments]').first();

const admit = admitOne();

test.beforeEach(async ({ page }) => {
	await admit(page);
	await nameReason(page);
});

test('what is typed and opened before the script arrives stays, and the plans follow it', async ({ page }) => {
	const release = await holdScripts(page);
	await page.goto('/plans', { waitUntil: 'commit' });
	const details = page.locator('section.card').first().locator('details').last();
	await details.locator('summary').click();
	await field(page).fill('1500');
	release();
	await expect(page).toHaveURL(/monthly=1500/);
	await expect(field(page)).toHaveValue('1500');
	await expect(field(page)).toBeFocused();
	await expect(slider(page)).toHaveAttribute('aria-valuetext', '¥1,500.00');
	await expect(details).toHaveAttribute('open');
});

test('the plans follow the slider under the same finger, and what was opened stays open', async ({ page }) => {
	await page.goto('/plans');
	const card = page.locator('section.card').first();
	const details = card.locator('details').last();
	await details.locator('summary').click();
	const before = await firstPick(page).inputValue();
	await slider(page).focus();
	await page.keyboard.press('Home');
	await expect(page).toHaveURL(/monthly=\d+/);
	await expect(slider(page)).toBeFocused();
	await expect(firstPick(page)).not.toHaveValue(before);
	const sum = await slider(page).inputValue();
	await expect(field(page)).toHaveValue(sum);
	await expect(slider(page)).toHaveAttribute('aria-valuetext', new RegExp(Number(sum).toLocaleString('en')));
	await expect(details).toHaveAttribute('open');
	await page.reload();
	await expect(field(page)).toHaveValue(sum);
});

test('a picked number is shown where it stands, and another first day keeps it', async ({ page }) => {
	await page.goto('/plans');
	const picker = page.locator('details', { has: page.locator('a[data-pick]') }).first();
	await picker.locator('summary').click();
	const other = picker.locator('a[data-pick]:not([aria-current])').last();
	const text = await other.innerText();
	await other.click();
	const picked = picker.locator('a[aria-current]').last();
	await expect(picked).toHaveText(text);
	await expect(picked).toBeFocused();
	const query = new URL(page.url()).search;
	expect(query).toMatch(/[nd]\.[a-z-]+=\d+/);
	await page
		.locator('details', { has: page.locator('#first') })
		.locator('summary')
		.click();
	const latest = await page.evaluate(() => {
		const day = new Date();
		day.setDate(day.getDate() + 20);
		return day.toISOString().slice(0, 10);
	});
	await page.locator('#first').fill(latest);
	await page.locator('#first').blur();
	await expect(page).toHaveURL(new RegExp(`first=${latest}`));
	await expect(picked).toHaveText(text);
});

test('what cannot be read is told beside the field while one types on', async ({ page }) => {
	await page.goto('/plans');
	await field(page).fill('');
	await field(page).pressSequentially('12x');
	await expect(page.locator('#monthly-error')).toBeVisible();
	await expect(field(page)).toBeFocused();
	await field(page).press('Backspace');
	await expect(page.locator('#monthly-error')).toHaveCount(0);
	await expect(field(page)).toBeFocused();
	await expect(field(page)).toHaveValue('12');
});

test('without a connection the plans say that they stand still, and go on when it is back', async ({ page }) => {
	await page.goto('/plans');
	await expect(page.locator('html[data-live]')).toBeAttached();
	await page.context().setOffline(true);
	await field(page).fill('1500');
	await expect(page.getByText(w('plans_monthly_stuck'))).toBeVisible();
	await page.context().setOffline(false);
	await page.getByRole('button', { name: w('plans_monthly_show') }).click();
	await expect(page).toHaveURL(/monthly=1500/);
	await expect(page.getByText(w('plans_monthly_stuck'))).toBeHidden();
});
