import { expect, test } from '@playwright/test';
import { admit } from './admit.ts';
import { isWide, signInStaff, takeFirst } from './desk.ts';
import { readStaffCode } from './inbox.ts';
import { apply, photo } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const QUESTION = '您预计什么时候可以恢复工作？';
const ANSWER = '医生说下个月初可以复工。';

test.use({ viewport: { width: 360, height: 780 } });

test('an agent asks for a payslip and an answer, the cardholder brings both on a small phone, and the case comes back', async ({
	page,
	browser,
	baseURL,
}) => {
	// One-time codes of the staff fit once: each next one is waited for.
	test.setTimeout(180_000);
	await admit(page);
	const reference = await apply(page);
	const size = { viewport: { width: 1280, height: 900 }, locale: 'zh-CN' };
	const desk = await browser.newPage({ baseURL: baseURL ?? '', ...size });
	await signInStaff(desk, 'lin');
	await takeFirst(desk, reference);

	await desk.locator('[name=outcome][value=more_requested]').check();
	const rows = desk.locator('[name^=ask_kind_]');
	for (const row of await rows.all()) await row.selectOption('');
	await rows.first().selectOption('payslip');
	await desk.locator('input[name^=ask_words_]').last().fill(QUESTION);
	await desk.getByRole('button', { name: w('desk_continue') }).click();
	await expect(desk.locator('#decision')).toContainText(QUESTION);
	const code = desk.locator('[name=confirm_code]');
	if ((await code.count()) > 0) await code.fill(await readStaffCode(browser, baseURL ?? '', 'lin'));
	await desk.getByRole('button', { name: w('desk_ask_button'), exact: true }).click();
	await expect(desk.locator('body')).toContainText(reference);

	await page.goto('/application');
	await expect(page.locator('main h1')).toHaveText(w('request_lead'));
	expect(await isWide(page)).toBe(false);
	await page.locator('textarea').fill(ANSWER);
	await page.locator('button[value=give_payslip]').click();
	await expect(page).toHaveURL(/\/documents#payslip$/);
	const item = page.locator('details#payslip');
	await expect(item).toHaveAttribute('open', '');
	expect(await isWide(page)).toBe(false);
	const form = item.locator('form[action*="attach"]').last();
	await form.locator('input[multiple]').setInputFiles(await photo('工资单.jpg'));
	const consent = form.locator('[name=sensitive_consent]');
	if ((await consent.count()) > 0) await consent.check();
	await form.getByRole('button', { name: w('documents_send'), exact: true }).click();
	await expect(item.locator('ol > li').filter({ hasText: '工资单.jpg' })).toHaveCount(1);

	await page.goto('/application');
	await expect(page.locator('textarea')).toHaveValue(ANSWER);
	await page.getByRole('button', { name: w('request_send'), exact: true }).click();
	await expect(page.locator('main')).toContainText(w('request_sent'));
	await expect(page.locator('main')).toContainText(w('request_step_answered'));

	await takeFirst(desk, reference);
	await expect(desk.locator('article')).toContainText(ANSWER);
	await desk.close();
});
