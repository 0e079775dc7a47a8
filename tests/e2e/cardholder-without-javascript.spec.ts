import { expect, test } from '@playwright/test';
import { decide, signInStaff } from './desk.ts';
import { apply, personAt, sign, signIn } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test.use({ javaScriptEnabled: false });

test('without JavaScript the whole trip works too, and the consent for medical papers can be taken back at its end', async ({
	page,
	browser,
	baseURL,
}) => {
	const person = await personAt(page, 3);
	await signIn(page, person);
	const reference = await apply(page);
	await expect(page.locator('main')).toContainText(reference);
	await expect(page.locator('main')).toContainText(w('application_sent_lead'));

	const desk = await browser.newPage({
		baseURL: baseURL ?? '',
		viewport: { width: 1280, height: 800 },
		locale: 'zh-CN',
	});
	await signInStaff(desk, 'omar');
	await decide(desk, reference, 'approved');
	await desk.close();
	await sign(page, person);

	await page.goto('/application');
	await page
		.getByRole('main')
		.getByRole('link', { name: w('retention_link') })
		.click();
	const main = page.locator('main');
	await expect(main).toContainText(w('evidence_hospital_certificate'));
	await expect(main).toContainText(w('retention_why_approved'));
	await main.locator('summary', { hasText: w('retention_withdraw') }).click();
	await expect(main).toContainText(w('retention_withdraw_approved'));
	await page.getByRole('button', { name: w('retention_withdraw_yes') }).click();
	await expect(main).toContainText(w('retention_withdrawn_done'));
	await expect(main).toContainText(w('retention_nothing_left'));
	await expect(main).toContainText(w('retention_erased_consent_withdrawn'));
	await expect(page.getByRole('button', { name: w('retention_withdraw_yes') })).toHaveCount(0);
});
