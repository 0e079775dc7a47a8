import { expect, test } from '@playwright/test';
import { decide, signInStaff } from './desk.ts';
import { apply, personAt, signIn } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

const WORDS = '住院期间没有收入，结算单上个月才开出来。';

test('an agent declines with a reason, the cardholder objects, and another colleague answers, told in both languages', async ({
	page,
	browser,
	baseURL,
}) => {
	test.setTimeout(180_000);
	await signIn(page, await personAt(page, 5));
	const reference = await apply(page);
	const desk = { baseURL: baseURL ?? '', viewport: { width: 1280, height: 800 }, locale: 'zh-CN' };
	const first = await browser.newPage(desk);
	await signInStaff(first, 'omar');
	await decide(first, reference, 'declined');

	const main = page.locator('main');
	await page.goto('/application');
	await expect(main).toContainText(w('application_declined_lead'));
	await expect(main).toContainText(w('application_object_title'));
	await page.getByRole('button', { name: w('objection_button') }).click();
	await expect(main).toContainText(w('objection_missing'));
	await page.locator('[name=objection]').fill('长'.repeat(2_001));
	await page.getByRole('button', { name: w('objection_button') }).click();
	// What is in the field does not tell whether the answer has come; the words beside it do.
	const long = w('objection_long').replace('{count}', '2001').replace('{most}', '2000');
	await expect(page.locator('#objection-error')).toContainText(long);
	await expect(page.locator('[name=objection]')).toHaveValue('长'.repeat(2_001));
	await page.locator('[name=objection]').fill(WORDS);
	await page.getByRole('button', { name: w('objection_button') }).click();
	await expect(main).toContainText(w('objection_done_title'));

	for (const locale of ['en', 'zh-CN'] as const) {
		const of = words(locale);
		await page.context().addCookies([{ name: 'language', value: locale, url: baseURL ?? '' }]);
		await page.goto('/application');
		for (const key of ['objection_lead', 'objection_step_made', 'objection_step_review']) {
			await expect(main).toContainText(of(key));
		}
		await expect(main).toContainText(WORDS);
		const width = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(width, locale).toBeLessThanOrEqual(360);
	}

	// Whoever decided is not given it again.
	await first.goto('/desk');
	await expect(first.locator('body')).toContainText(reference);
	await first.close();
	const second = await browser.newPage(desk);
	await signInStaff(second, 'lin');
	await decide(second, reference, 'declined');
	await second.close();

	await page.goto('/application');
	await expect(main).toContainText(w('objection_final_title'));
	await expect(main).toContainText(w('objection_step_declined_again'));
	await expect(main).toContainText('12378');
	await expect(page.locator('[name=objection]')).toHaveCount(0);
});

test('the desk is closed to those who work elsewhere, and a stranger is asked to sign in', async ({ page }) => {
	await page.goto('/desk');
	await expect(page).toHaveURL(/\/staff\/sign-in/);
	await signInStaff(page, 'ines');
	for (const locale of ['zh-CN', 'en', 'zh-TW'] as const) {
		const { origin } = new URL(page.url());
		await page.context().addCookies([{ name: 'language', value: locale, url: origin }]);
		const answer = await page.goto('/desk');
		expect(answer?.status()).toBe(403);
		await expect(page.locator('html')).toHaveAttribute('lang', locale);
		await expect(page.locator('main')).toContainText(words(locale)('staff_error_refused'));
		await expect(page.locator('main')).not.toContainText(/卡片|card|cardholder/);
	}
	await page.locator('main a').click();
	await expect(page).toHaveURL(/\/admin$/);
	// Who is signed in at the bank and opens a cardholder's page is told why there is nothing of theirs.
	await page.goto('/debt');
	await expect(page.locator('main')).toContainText(words('zh-TW')('sign_in_staff'));
});
