import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { admit } from './admit.ts';
import { brought } from './brought.ts';
import { installed } from './installed.ts';
import { nameReason, openItem, photo } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

const leave = (page: Page) =>
	page
		.getByRole('banner')
		.getByRole('button', { name: w('common_sign_out') })
		.click();
const question = (page: Page) => page.getByRole('dialog', { name: w('sign_out_ask_title') });
const leaveAnyway = (page: Page) =>
	question(page)
		.getByRole('button', { name: w('sign_out_ask_out') })
		.click();
const [files = ''] = w('sign_out_ask_files').split('{count}');

/** Signed in at the documents, with a file that was sent on its way and does not get away. */
async function withFileStuck(page: Page): Promise<void> {
	await page.route('**/documents/upload', (route) => route.abort());
	await expect(page.locator('html[data-live]')).toBeAttached();
	const form = await openItem(page, 'hospital_certificate');
	await form.locator('input[multiple]').setInputFiles(await photo('没走成.jpg'));
	await form.locator('[name=sensitive_consent]').check();
	await form.getByRole('button', { name: w('documents_send'), exact: true }).click();
	await expect(page.locator('[data-state=offline]')).toHaveCount(1);
}

test('whoever signs out while a chosen file waits is asked once, led to it, and signed out all the same when they say so', async ({
	page,
}) => {
	await admit(page);
	await nameReason(page);
	await withFileStuck(page);
	await page.goto('/debt');
	await brought(page, 'ask-first');
	await leave(page);
	await expect(question(page).getByText(`${files}1`)).toBeVisible();
	await expect(question(page).getByText(w('sign_out_ask_words'))).toBeHidden();
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	await page.keyboard.press('Escape');
	await expect(question(page)).toHaveCount(0);
	await leave(page);
	await question(page)
		.getByRole('link', { name: w('sign_out_ask_send') })
		.click();
	await expect(page).toHaveURL(/\/documents/);
	await expect(page.locator('[data-state]')).toContainText('没走成.jpg');
	await brought(page, 'ask-first');
	await leave(page);
	await leaveAnyway(page);
	await expect(page).toHaveURL(/signed-out/);
});

test('whoever chose a file on the page, or wrote what could not be kept, is asked; nobody else is', async ({
	page,
}) => {
	await admit(page);
	await nameReason(page);
	await expect(page.locator('html[data-live]')).toBeAttached();
	await brought(page, '/session.js');
	const form = await openItem(page, 'hospital_certificate');
	await form.locator('input[multiple]').setInputFiles(await photo('只是选了.jpg'));
	await brought(page, 'ask-first');
	await leave(page);
	await expect(question(page).getByText(w('sign_out_ask_chosen'))).toBeVisible();
	await question(page)
		.getByRole('button', { name: w('sign_out_ask_back') })
		.click();
	await expect(question(page)).toHaveCount(0);

	await page.goto('/hardship');
	await brought(page, 'hardship.');
	await brought(page, '/session.js');
	await page.locator('[name=circumstances]').fill('已经出院，下个月上班。');
	// What is kept by itself is waited for, and not asked about.
	await leave(page);
	await expect(page).toHaveURL(/signed-out/);

	await admit(page);
	await page.goto('/hardship');
	await brought(page, 'hardship.');
	await brought(page, '/session.js');
	await page.route('**/hardship*', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
	await page.locator('[name=circumstances]').fill('这一句留不下来。');
	await leave(page);
	await expect(question(page).getByText(w('sign_out_ask_words'))).toBeVisible();
	// One more press, and no question of the browser's own.
	await leaveAnyway(page);
	await expect(page).toHaveURL(/signed-out/);
});

test.describe('without a line', () => {
	test.use({ serviceWorkers: 'allow' });

	test('the question is asked all the same, says that nothing can be sent now, and the phone is emptied after it', async ({
		page,
		context,
	}) => {
		test.setTimeout(120_000);
		await installed(page);
		await page.goto('/documents');
		await withFileStuck(page);
		await page.goto('/security');
		await brought(page, 'ask-first');
		await context.setOffline(true);
		await leave(page);
		await expect(question(page).getByText(`${files}1`)).toBeVisible();
		await expect(question(page).getByText(w('sign_out_ask_offline'))).toBeVisible();
		await leaveAnyway(page);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('offline_out_title'));
		const kept = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
		expect(kept).not.toContain('capture');
		expect(await page.evaluate(() => localStorage.getItem('chosen'))).toBeNull();
	});
});
