import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page, test } from '@playwright/test';
import { signInStaff } from '../e2e/desk.ts';
import { fillIn, personAt, personTold, signIn, signInByNumbers, submit } from '../e2e/trip.ts';

const ALL = join(import.meta.dirname, '../../.pictures');

/** Every page, as it is now, in each language and theme; into a folder that git ignores. */
async function picture(page: Page, name: string, paths: readonly string[]): Promise<void> {
	await mkdir(ALL, { recursive: true });
	for (const locale of ['zh-CN', 'en']) {
		await page.context().addCookies([{ name: 'language', value: locale, url: new URL(page.url()).origin }]);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			for (const path of paths) {
				await page.goto(path);
				const file = `${name}-${path.replace(/\W+/g, '-').slice(1) || 'start'}-${locale}-${colorScheme}.png`;
				await page.screenshot({ path: join(ALL, file), fullPage: true });
			}
		}
	}
	// The trip's words are Chinese.
	await page.context().clearCookies({ name: 'language' });
	await page.emulateMedia({ colorScheme: 'light' });
}

test('pictures of the pages before signing in', async ({ page }) => {
	test.slow();
	const { link } = await personAt(page, 0);
	await page.goto(link ?? '');
	await picture(page, 'open', ['/', '/l', '/sign-in', '/offline', '/dev/inbox', '/staff/sign-in']);
});

test("pictures of the cardholder's pages, and of the debt page for the README", async ({ page }) => {
	test.slow();
	await signIn(page, await personAt(page, 0));
	await page.screenshot({ path: join(import.meta.dirname, 'debt.png') });
	await picture(page, 'cardholder', ['/debt', '/debt/why', '/debt/ahead', '/debt/pay', '/hardship', '/application']);
	await fillIn(page);
	await picture(page, 'draft', ['/hardship', '/documents', '/documents/kept', '/plans', '/check', '/application']);
	await page.goto('/check');
	await submit(page);
	await picture(page, 'sent', ['/application', '/documents/kept', '/debt']);
});

for (const [name, told] of [
	['agreement-offered', /申请有了答复/],
	['agreement-missed', /有一期未到/],
	['agreement-lapsed', /计划有变动/],
	['agreement-completed', /计划已全部完成/],
] as const) {
	test(`pictures of the pages of ${name}`, async ({ page }) => {
		test.slow();
		await signInByNumbers(page, await personTold(page, told));
		await picture(page, name, ['/agreement', '/agreement/calendar', '/debt']);
	});
}

test.describe('on a desk screen', () => {
	test.use({ viewport: { width: 1280, height: 800 } });

	test('pictures of the desk, and of a case for the README', async ({ page }) => {
		test.slow();
		await page.goto('/');
		await signInStaff(page, 'lin');
		await page.goto('/desk');
		await page.locator('form[action*="take"] button').first().click();
		await page.waitForURL(/\/desk\/[0-9a-f-]{36}/);
		await page.screenshot({ path: join(import.meta.dirname, 'desk.png') });
		await picture(page, 'desk', ['/desk', new URL(page.url()).pathname]);
	});

	for (const [login, paths] of [
		['fang', ['/overview']],
		['qiao', ['/support']],
		['ines', ['/admin', '/admin/products', '/admin/proposals/new']],
	] as const) {
		test(`pictures of the pages of ${login}`, async ({ page }) => {
			test.slow();
			await signInStaff(page, login);
			await picture(page, login, paths);
		});
	}
});
