import { expect, type Page, test } from '@playwright/test';
import { languages } from '#lib/messages/languages.ts';
import { simplifiedIn } from '../support/simplified.ts';
import { admit, newcomer } from './admit.ts';
import { enterStaff } from './enter.ts';
import { fillIn } from './trip.ts';
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

/** What is read on a page in its own language; what stands there in another, and the bank's own name and phrase, is none of ours. */
async function ownTextOf(page: Page): Promise<string> {
	const text = await page.locator('body').evaluate((body) => {
		const copy = body.cloneNode(true) as HTMLElement;
		for (const other of copy.querySelectorAll('script, style, textarea, [lang]:not([lang="zh-TW"])')) other.remove();
		const heard = [...copy.querySelectorAll('[aria-label], [alt], [title], [placeholder]')].flatMap((element) =>
			['aria-label', 'alt', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
		);
		return [document.title, copy.textContent, ...heard].join('\n');
	});
	return ['海岸银行', '潮起潮落，岸在', ...TYPED].reduce((rest, own) => rest.replaceAll(own, ''), text);
}

/** What the walk writes and sends, in the writer's own characters. */
const TYPED = ['住院两个月，下个月恢复上班。', '诊断证明.jpg'];

test('whoever reads Traditional Chinese meets no character of the Simplified alone, from the link to the application', async ({
	page,
	baseURL,
}) => {
	test.setTimeout(120_000);
	const { link = '' } = await newcomer(page);
	await page.context().addCookies([{ name: 'language', value: 'zh-TW', url: baseURL ?? '' }]);
	const expectTraditional = async (path: string) => {
		await page.goto(path);
		await expect(page.locator('html')).toHaveAttribute('lang', 'zh-TW');
		const text = await ownTextOf(page);
		expect(text.length, path).toBeGreaterThan(100);
		expect(simplifiedIn(text), path).toEqual([]);
	};
	for (const path of ['/', link, '/sign-in', '/help', '/?signed-out', '/nothing-is-here'])
		await expectTraditional(path);
	await page.context().clearCookies({ name: 'language' });
	await admit(page);
	await fillIn(page);
	await page.context().addCookies([{ name: 'language', value: 'zh-TW', url: baseURL ?? '' }]);
	const draft = ['/hardship', '/documents', '/documents/kept', '/plans', '/plans?monthly=10', '/check'];
	const debt = ['/debt', '/debt/why', '/debt/ahead', '/debt/pay', '/security'];
	for (const path of [...debt, ...draft]) await expectTraditional(path);
	await page.goto('/check');
	await page.locator('[name=consent]').check();
	await page.getByRole('button', { name: words('zh-TW')('check_send') }).click();
	await expect(page).toHaveURL(/\/application$/);
	await expectTraditional('/application');
});

test('what is fetched beside the pages speaks the reader’s language too: the manifest, the page for no line, the desk’s files', async ({
	page,
	baseURL,
}) => {
	await enterStaff(page, 'fang');
	await page.context().addCookies([{ name: 'language', value: 'zh-TW', url: baseURL ?? '' }]);
	const w = words('zh-TW');
	const manifest = (await (await page.request.get('/manifest.webmanifest')).json()) as Record<string, unknown>;
	expect(manifest).toMatchObject({ lang: 'zh-TW', description: w('manifest_description') });
	await page.goto('/offline');
	await expect(page.locator('html')).toHaveAttribute('lang', 'zh-TW');
	await expect(page.locator('#offline h1')).toHaveText(w('offline_title'));
	expect(simplifiedIn(await ownTextOf(page))).toEqual([]);
	await page.goto('/overview');
	const files = await page.locator('a[href*=".csv"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
	expect(files.length).toBeGreaterThan(3);
	for (const file of files) {
		const text = await (await page.request.get(file ?? '')).text();
		const [heads = ''] = text.split('\r\n');
		expect(heads, file ?? '').toMatch(/\p{Script=Han}/u);
		expect(simplifiedIn(text), file ?? '').toEqual([]);
	}
});
