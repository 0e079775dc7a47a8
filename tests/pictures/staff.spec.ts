import { expect, test } from '@playwright/test';
import { personAt } from '../e2e/trip.ts';
import { words } from '../e2e/words.ts';
import { take, takeAll } from './album.ts';
import { enterStaff } from '../e2e/enter.ts';

test.use({ viewport: { width: 1280, height: 800 } });

test('the door of the staff', async ({ page }) => {
	await page.goto('/');
	await takeAll(page, 'staff', {
		'staff-sign-in': '/staff/sign-in',
		'enrol-dead': '/staff/enrol/AAAAAAAAAAAAAAAAAAAAAA',
	});
	await take(page, 'staff', 'staff-sign-in-errors', async () => {
		await page.goto('/staff/sign-in');
		await page.locator('main form button').first().click();
		await page.waitForLoadState();
	});
	await enterStaff(page, 'lin');
	await takeAll(page, 'staff', { 'staff-security': '/staff/security', refused: '/admin' });
});

test('the overview', async ({ page }) => {
	await enterStaff(page, 'fang');
	await takeAll(page, 'staff', {
		overview: '/overview',
		'overview-nothing': '/overview?from=2020-01-01&to=2020-01-07',
	});
});

test('support', async ({ page }) => {
	const person = await personAt(page, 4);
	await enterStaff(page, 'qiao');
	await takeAll(page, 'staff', { support: '/support' });
	const search = (text: string) => async (locale: string) => {
		await page.goto('/support');
		await page.locator('[name=search]').fill(text);
		await page.getByRole('button', { name: words(locale)('support_search_button') }).click();
	};
	await take(page, 'staff', 'support-nobody', async (locale) => {
		await search('+8613800000000')(locale);
		await expect(page.locator('#search-error')).toBeVisible();
	});
	await search(person.phone)('zh-CN');
	await page.waitForURL(/\/support\/./);
	const address = new URL(page.url()).pathname;
	await takeAll(page, 'staff', { 'support-person': address, 'support-number': `${address}/number` });
	await take(page, 'staff', 'support-screen-wrong', async () => {
		await page.goto(address);
		await page.locator('[name=characters]').fill('ZZZZ');
		await page.locator('[name=characters]').press('Enter');
		await page.waitForLoadState();
	});
});

test('products, proposals and staff', async ({ page }) => {
	await enterStaff(page, 'ines');
	await takeAll(page, 'staff', {
		admin: '/admin',
		'admin-products': '/admin/products',
		'admin-product': '/admin/products/personal-instalments',
		'admin-proposal-new': '/admin/proposals/new',
		'admin-proposal-change': '/admin/proposals/new?product=personal-instalments',
	});
	for (const rule of ['checks', 'decline_letters']) {
		await take(page, 'staff', `admin-rule-${rule}`, async () => {
			await page.goto(`/admin/rules/${rule}`);
			for (const group of ['first', 'last'] as const) await page.locator('main details > summary')[group]().click();
		});
	}
	const send = (path: string) => async (locale: string) => {
		await page.goto(path);
		await page.getByRole('button', { name: words(locale)('product_form_preview') }).click();
	};
	await take(page, 'staff', 'admin-proposal-errors', async (locale) => {
		await send('/admin/proposals/new')(locale);
		await expect(page.locator('[aria-invalid=true]').first()).toBeVisible();
	});
	await take(page, 'staff', 'admin-proposal-preview', async (locale) => {
		await send('/admin/proposals/new?product=personal-instalments')(locale);
		await expect(page.locator('#preview-title')).toBeVisible();
	});
});
