import { expect, test } from '@playwright/test';
import { languages } from '#lib/messages/languages.ts';
import { words } from './words.ts';

test.describe('a browser that likes the Chinese of Hong Kong best', () => {
	test.use({ locale: 'zh-HK' });

	test('is answered in Traditional Chinese, and can choose each other language and come back', async ({ page }) => {
		await page.goto('/sign-in');
		await expect(page.locator('html')).toHaveAttribute('lang', 'zh-TW');
		await expect(page.locator('h1')).toHaveText(words('zh-TW')('sign_in_title'));
		for (const language of ['en', 'zh-CN', 'zh-TW'] as const) {
			await page.getByRole('button', { name: words(language)('common_language_name') }).click();
			await expect(page.locator('html')).toHaveAttribute('lang', language);
			await expect(page).toHaveURL(/\/sign-in$/);
		}
	});
});

test('an address that leads nowhere answers in the reader’s words, with the way back and whom to call', async ({
	page,
	baseURL,
}) => {
	for (const locale of languages()) {
		await page.context().addCookies([{ name: 'language', value: locale, url: baseURL ?? '' }]);
		const answer = await page.goto('/nothing-is-here');
		expect(answer?.status()).toBe(404);
		await expect(page.locator('html')).toHaveAttribute('lang', locale);
		await expect(page.locator('h1')).toHaveText(words(locale)('error_title_missing'));
		await expect(page.locator('main a[href="/"]')).toHaveText(words(locale)('error_home'));
		await expect(page.locator('footer a[href="tel:4000000000"]')).toBeVisible();
	}
});
