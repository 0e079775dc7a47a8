import { expect, test } from '@playwright/test';
import { decide, signInStaff } from './desk.ts';
import { awaitMessage } from './inbox.ts';
import { apply, personAt, sign, signIn } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test('before signing in there is no name, no amount and no word of debt', async ({ page }) => {
	const person = await personAt(page, 0);
	for (const path of ['/', '/sign-in', person.link ?? '', '/l/0000000000000000000000']) {
		await page.goto(path);
		const text = await page.locator('body').innerText();
		expect(text, path).not.toMatch(/¥|￥|\d,\d{3}|欠款|逾期|debt|owe/i);
	}
});

test('from the reminder to the signed agreement', async ({ page, browser, baseURL }) => {
	const person = await personAt(page, 0);
	await signIn(page, person);
	await expect(page.locator('.hero').first()).toContainText('¥');
	const reference = await apply(page);
	await awaitMessage(page, person.phone, /您提交的申请我们已收到/);

	const desk = await browser.newPage({
		baseURL: baseURL ?? '',
		viewport: { width: 1280, height: 800 },
		locale: 'zh-CN',
	});
	await signInStaff(desk, 'lin');
	await decide(desk, reference, 'approved');
	await desk.close();

	await page.goto('/application');
	await expect(page.locator('main')).toContainText(w('application_approved_lead'));
	await awaitMessage(page, person.phone, /您的申请有了答复/);

	await sign(page, person);
	await awaitMessage(page, person.phone, /您的协议已生效/);
});

test('what is typed is kept by itself and read at once, and is there when the page comes back', async ({ page }) => {
	const faults: string[] = [];
	page.on('pageerror', ({ message }) => faults.push(message));
	await signIn(page, await personAt(page, 9));
	await page.goto('/hardship');
	const wages = page.locator('main input[inputmode=decimal]').first();
	await wages.fill('abc');
	await wages.blur();
	await expect(page.locator('#wages-error')).toBeVisible();
	await expect(page.getByText(w('hardship_kept'))).toBeVisible();
	await page.reload();
	await expect(wages).toHaveValue('abc');
	await expect(page.locator('#wages-error')).toBeVisible();
	expect(faults).toEqual([]);
});

test('a wrong code is told beside the field, and the last four stay typed', async ({ page }) => {
	const person = await personAt(page, 1);
	await page.goto(person.link ?? '');
	await page.locator('main form button').first().click();
	await page.locator('[name=code]').fill('000000');
	await page.locator('[name=id_last4]').fill('12345');
	await page.locator('form[action="?/enter"] button').first().click();
	await expect(page.locator('#code-error, #id_last4-error').first()).toBeVisible();
	await expect(page.locator('[name=id_last4]')).toHaveValue('12345');
});

test("another person's pages and papers are not found", async ({ page }) => {
	await signIn(page, await personAt(page, 2));
	const other = await page.request.get('/documents/00000000-0000-4000-8000-000000000000');
	expect(other.status()).toBe(404);
	for (const path of ['/desk', '/support', '/admin', '/overview']) {
		await page.goto(path);
		await expect(page).toHaveURL(/\/staff\/sign-in/);
	}
});

test('the language is switched in the footer and stays', async ({ page }) => {
	await page.goto('/sign-in');
	await page.getByRole('button', { name: 'English' }).click();
	await expect(page).toHaveURL(/\/sign-in/);
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await page.goto('/');
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
