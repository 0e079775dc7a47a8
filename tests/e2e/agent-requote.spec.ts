import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { signInStaff } from './desk.ts';
import { onDatabase } from './visitors.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test.use({ viewport: { width: 1280, height: 800 } });

/** Where the application stands, and how many offers and decisions it has. */
async function standing(reference: string): Promise<{ status: string; deeds: string }> {
	return onDatabase(async (client) => {
		const { rows } = await client.query<{ status: string; deeds: string }>(
			`select a.status, (select count(*) from counter_offer o where o.application_id = a.id)
				+ (select count(*) from decision d where d.application_id = a.id) as deeds
			from application a where a.reference = $1`,
			[reference],
		);
		return rows[0] ?? { status: '', deeds: '' };
	});
}

async function expectSound(page: Page): Promise<void> {
	for (const width of [800, 1280, 1600]) {
		await page.setViewportSize({ width, height: 800 });
		expect(await page.evaluate(() => document.documentElement.scrollWidth), String(width)).toBeLessThanOrEqual(width);
	}
	await page.setViewportSize({ width: 1280, height: 800 });
	for (const colorScheme of ['dark', 'light'] as const) {
		// No colour is still on its way to the other theme.
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.join(' '))])).toEqual([]);
	}
}

test('what accrued since submission is told, and one key quotes again without deciding anything', async ({ page }) => {
	test.slow();
	await signInStaff(page, 'fang');
	await page.goto('/desk');
	await expect(async () => {
		await page.keyboard.press('n');
		await expect(page).toHaveURL(/\/desk\/[0-9a-f-]{36}/, { timeout: 2_000 });
	}).toPass();
	const address = page.url();
	// The demo's application of the day before yesterday, or yesterday.
	const reference = (await page.locator('article h1').innerText()).match(/A-\d+/)?.[0] ?? '';
	const since = page.locator('#since');
	await expect(since.locator('h2')).toHaveText(/^提交以来新增息费 ¥[\d,]+\.\d\d$/);
	await expect(since).toContainText('按申请批准');
	const accrued = (await since.locator('h2').innerText()).replace(/^.*¥/, '');

	const keys = page.getByRole('dialog');
	// The keys of each page wake up with its script.
	await expect(async () => {
		await page.keyboard.press('?');
		await expect(keys).toBeVisible({ timeout: 1_000 });
	}).toPass();
	await expect(keys).toContainText(w('case_requote'));
	// Under what lies over it the page's own keys rest.
	await page.keyboard.press('w');
	await expect(page).toHaveURL(address);
	await page.keyboard.press('Escape');
	await expect(keys).toBeHidden();
	for (const [letter, id] of [
		['r', 'rules'],
		['c', 'contact'],
		['f', 'past'],
		['n', 'notes'],
		['y', 'why'],
	] as const) {
		await page.keyboard.press('g');
		await expect(page.getByRole('dialog')).toContainText(w('case_go_to_hint'));
		await page.keyboard.press(letter);
		await expect(page.locator(`#${id}`)).toBeFocused();
		await expect(page.locator(`#${id}`)).toBeInViewport();
	}

	await page.locator('[name=note]').fill('先看今天的数字。');
	await page.locator('#content').focus();
	await page.keyboard.press('w');
	await expect(since).toContainText(w('case_requote_next'));
	await expect(since.getByRole('row', { name: w('case_requote_principal') })).toContainText(`+¥${accrued}`);
	await expect(page.locator('[name=outcome][value=counter_offered]')).toBeChecked();
	await expect(page.locator('[name=note]')).toHaveValue('先看今天的数字。');
	await expectSound(page);
	expect(await standing(reference)).toEqual({ status: 'in_review', deeds: '0' });

	await page.locator('#content').focus();
	await page.keyboard.press('c');
	await expect(page.locator('#decision')).toContainText(w('desk_refused_unchecked'));
	for (const check of await page.locator('[name=checked]').all()) await check.check();
	await page.locator('#content').focus();
	await page.keyboard.press('c');
	await expect(page.locator('#decision-title')).toContainText(reference);
	// At the last step there is no key at all.
	for (const key of ['w', 'c', 'o', 'a', 'Enter']) await page.keyboard.press(key);
	await expect(page.locator('#decision [name=words]')).toBeVisible();
	expect(await standing(reference)).toEqual({ status: 'in_review', deeds: '0' });

	await page.goto(address);
	await expect(async () => {
		await page.locator('#content').focus();
		await page.keyboard.press('p');
		await expect(page.locator('[name=put_back_note]')).toBeVisible({ timeout: 2_000 });
	}).toPass();
	await page.locator('[name=put_back_note]').fill('明天再看。');
	await page.getByRole('button', { name: w('desk_put_back_button') }).click();
	await expect(page).toHaveURL(/\/desk\?done=put_back/);
});
