import { expect, test } from '@playwright/test';
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
