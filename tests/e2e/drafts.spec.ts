import { type Browser, expect, type Page, test } from '@playwright/test';
import { admit } from './admit.ts';
import { query } from './run-folder.ts';
import { idOf, signInOf, type Stage, stage, unstage } from './staged.ts';
import { apply, choosePlan, nameReason, send } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const SIZE = { viewport: { width: 360, height: 780 }, locale: 'zh-CN' };

const FORMS: readonly { status: Stage; field: string; text: string }[] = [
	{ status: 'more_requested', field: 'answer_1', text: '医生说下个月初可以复工。' },
	{ status: 'counter_offered', field: 'words', text: '每月最多能还 800 元。' },
	{ status: 'declined', field: 'objection', text: '上个月起我的工资减半，请再看一次工资单。' },
];

/** Where the words of a form stand; what is folded away is opened. */
async function open(page: Page, field: string) {
	await page.goto('/application');
	const place = page.locator(`[name=${field}]`);
	const summary = page.locator('details', { has: place }).locator('> summary');
	if ((await summary.count()) > 0 && !(await place.isVisible())) await summary.click();
	return place;
}

/** Another device of the same person, on which the words are looked for until they have come. */
async function expectElsewhere(id: string, browser: Browser, baseURL: string | undefined, field: string, text: string) {
	const device = await browser.newContext({ baseURL: baseURL ?? '', ...SIZE });
	await signInOf(id, device, baseURL ?? '');
	const page = await device.newPage();
	await expect(async () => {
		await expect(await open(page, field)).toHaveValue(text, { timeout: 500 });
	}).toPass({ timeout: 10_000 });
	await device.close();
}

test('what is written into each form of the application page is there on the next device, whatever happens to the tab', async ({
	page,
	browser,
	baseURL,
	context,
}) => {
	test.setTimeout(150_000);
	await admit(page);
	const id = await idOf(await apply(page));
	try {
		for (const { status, field, text } of FORMS) {
			await stage(id, status);
			await (await open(page, field)).fill(text);
			await expect(page.locator('form', { has: page.locator(`[name=${field}]`) }).getByRole('status')).toHaveText(
				w('draft_kept'),
			);
			await expectElsewhere(id, browser, baseURL, field, text);

			// The tab is closed in the middle of a word.
			const tab = await context.newPage();
			const more = `${text}还有一句`;
			await (await open(tab, field)).fill(more);
			await tab.close({ runBeforeUnload: true });
			await expectElsewhere(id, browser, baseURL, field, more);

			// A link, and the way back.
			await (await open(page, field)).fill(`${more}。`);
			await page.locator('a[href="/debt"]').first().click();
			await expect(page).toHaveURL(/\/debt$/);
			await page.goBack();
			await expect(page.locator(`[name=${field}]`)).toHaveValue(`${more}。`);

			// The session is over before anything was sent.
			await (await open(page, field)).fill(text);
			await expect(page.locator(`form:has([name=${field}]) [data-draft-line]`)).not.toBeEmpty();
			await query(
				`update cardholder_session set expires_at = now() where cardholder_id =
				(select cardholder_id from application where id = $1)`,
				[id],
			);
			await page.goto('/application');
			await expect(page).toHaveURL(/\/sign-in/);
			await signInOf(id, context, baseURL ?? '');
			await expect(await open(page, field)).toHaveValue(text);
		}
	} finally {
		await unstage(id);
	}
});

test('what is typed last is what is kept, though its page was opened first', async ({ page, browser, baseURL }) => {
	await admit(page);
	const id = await idOf(await apply(page));
	try {
		await stage(id, 'declined');
		const kept = w('draft_kept');
		const first = await open(page, 'objection');
		const device = await browser.newContext({ baseURL: baseURL ?? '', ...SIZE });
		await signInOf(id, device, baseURL ?? '');
		const other = await device.newPage();
		await (await open(other, 'objection')).fill('第二部手机上写的。');
		await expect(other.locator('#object [data-draft-line]')).toHaveText(kept);
		await device.close();
		await first.fill('第一部手机上后来写的。');
		await expect(page.locator('#object [data-draft-line]')).toHaveText(kept);
		await expectElsewhere(id, browser, baseURL, 'objection', '第一部手机上后来写的。');
	} finally {
		await unstage(id);
	}
});

test('without a connection nothing is lost and nothing is sent; what is too long comes back to be shortened', async ({
	page,
	browser,
	baseURL,
	context,
}) => {
	test.setTimeout(120_000);
	await admit(page);
	const id = await idOf(await apply(page));
	try {
		await stage(id, 'declined');
		const place = await open(page, 'objection');
		const line = page.locator('#object [data-draft-line]');
		await context.setOffline(true);
		await place.fill('没有网络时写的。');
		await expect(line).toHaveText(w('hardship_waiting'));
		await page.getByRole('button', { name: w('objection_button') }).click();
		await expect(line).toHaveText(w('draft_unsent'));
		await expect(place).toHaveValue('没有网络时写的。');
		await context.setOffline(false);
		await expect(line).toHaveText(w('draft_kept'));
		await expectElsewhere(id, browser, baseURL, 'objection', '没有网络时写的。');

		const long = '长'.repeat(2_001);
		await place.fill(long);
		await page.getByRole('button', { name: w('objection_button') }).click();
		await expect(page.locator('#objection-error')).toBeVisible();
		await expect(page.locator('[name=objection]')).toHaveValue(long);
		await expectElsewhere(id, browser, baseURL, 'objection', long);
	} finally {
		await unstage(id);
	}
});

test('the sum named and the numbers picked among the plans are there on the next device', async ({
	page,
	browser,
	baseURL,
}) => {
	await admit(page);
	await nameReason(page);
	const [row] = await query<{ id: string }>(
		`select id from application where status = 'draft' order by created_at desc limit 1`,
	);
	const id = row?.id ?? '';
	await page.goto('/plans');
	await page.waitForLoadState('networkidle');
	await page.locator('[name=monthly]').fill('1500');
	await expect(page.locator('form [data-draft-line]')).toHaveText(w('draft_kept'));
	const numbers = (of: Page) => of.locator('details', { has: of.locator('a[data-pick]') }).first();
	await numbers(page).locator('summary').click();
	const kept = page.waitForResponse((response) => response.url().includes('/draft?form=plans'));
	await numbers(page).locator('a[data-pick]:not([aria-current])').last().click();
	expect((await kept).status()).toBe(204);
	const picked = await numbers(page).locator('a[aria-current]').allInnerTexts();
	const device = await browser.newContext({ baseURL: baseURL ?? '', ...SIZE });
	await signInOf(id, device, baseURL ?? '');
	const other = await device.newPage();
	await other.goto('/plans');
	await expect(other.locator('[name=monthly]')).toHaveValue('1500');
	await numbers(other).locator('summary').click();
	await expect(numbers(other).locator('a[aria-current]')).toHaveText(picked);
	await device.close();
	await page.goto('/documents');
	await choosePlan(page);
	// Consent is given anew each time: a tick does not wait on the server.
	await page.locator('[name=consent]').check();
	await page.reload();
	await expect(page.locator('[name=consent]')).not.toBeChecked();
});

test('the situation is kept as each field is left, and the words of the last second before the tab is closed', async ({
	page,
	browser,
	baseURL,
}) => {
	await admit(page);
	await nameReason(page);
	const [row] = await query<{ id: string }>(
		`select id from application where status = 'draft' order by created_at desc limit 1`,
	);
	const id = row?.id ?? '';
	await page.goto('/hardship');
	await page.waitForLoadState('networkidle');
	await page.locator('[name=circumstances]').fill('第一句。');
	await page.locator('[name=circumstances]').fill('第一句。第二句写到一半');
	await page.locator('[name=wages]').fill('3,210');
	await page.close({ runBeforeUnload: true });
	const device = await browser.newContext({ baseURL: baseURL ?? '', ...SIZE });
	await signInOf(id, device, baseURL ?? '');
	const other = await device.newPage();
	await expect(async () => {
		await other.goto('/hardship');
		await expect(other.locator('[name=circumstances]')).toHaveValue('第一句。第二句写到一半', { timeout: 500 });
		await expect(other.locator('[name=wages]')).toHaveValue('3,210', { timeout: 500 });
	}).toPass({ timeout: 10_000 });
	await device.close();
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });
	test('what is typed survives a submit that fails', async ({ page }) => {
		test.setTimeout(120_000);
		await admit(page);
		const id = await idOf(await apply(page));
		try {
			await stage(id, 'declined');
			const long = '长'.repeat(2_001);
			await (await open(page, 'objection')).fill(long);
			await send(page, w('objection_button'), /\/application/);
			await expect(page.locator('#objection-error')).toBeVisible();
			await expect(page.locator('[name=objection]')).toHaveValue(long);
		} finally {
			await unstage(id);
		}
	});
});
