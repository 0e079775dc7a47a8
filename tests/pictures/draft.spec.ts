import { join } from 'node:path';
import { test } from '@playwright/test';
import { admit } from '../e2e/admit.ts';
import { choosePlan, nameReason, openItem, personAt, photo, signIn } from '../e2e/trip.ts';
import { words } from '../e2e/words.ts';
import { take, takeAll } from './album.ts';
import { enterCardholder } from '../e2e/enter.ts';

const w = words('zh-CN');

test('the debt page for the README', async ({ page }) => {
	await signIn(page, await personAt(page, 1));
	await page.screenshot({ path: join(import.meta.dirname, 'debt.png') });
});

test('from the amount to the page that shows everything once more', async ({ page }) => {
	await admit(page);
	await takeAll(page, 'cardholder', {
		debt: '/debt',
		'debt-why': '/debt/why',
		'debt-ahead': '/debt/ahead',
		'debt-pay': '/debt/pay',
		'hardship-empty': '/hardship',
		'application-none': '/application',
		'documents-before-a-reason': '/documents',
		'kept-nothing': '/documents/kept',
		security: '/security',
		'resume-nothing': '/resume',
		'help-signed-in': '/help',
		'not-found-signed-in': '/nothing-is-here',
	});
	await take(page, 'cardholder', 'hardship-errors', async () => {
		await page.goto('/hardship');
		await page.locator('[name=wages]').fill('12.345');
		await page.locator('#hardship-form button.primary').click();
		await page.waitForLoadState();
	});
	await nameReason(page);
	await takeAll(page, 'cardholder', { 'documents-empty': '/documents', 'application-draft': '/application' });
	await page.goto('/documents');
	const upload = await openItem(page, 'hospital_certificate');
	await upload.locator('input[multiple]').setInputFiles(await photo('诊断证明.jpg'));
	await upload.locator('[name=sensitive_consent]').check();
	await upload.getByRole('button', { name: w('documents_send'), exact: true }).click();
	await page.locator('#reason').getByText('诊断证明.jpg').first().waitFor();
	await takeAll(page, 'cardholder', {
		hardship: '/hardship',
		documents: '/documents',
		kept: '/documents/kept',
		plans: '/plans',
		'plans-a-sum': '/plans?monthly=1500',
		'plans-too-little': '/plans?monthly=10',
		'plans-error': '/plans?monthly=abc',
		'check-without-a-plan': '/check',
	});
	await page.goto('/documents');
	await choosePlan(page);
	await takeAll(page, 'cardholder', { check: '/check', 'debt-draft': '/debt' });
	await take(page, 'cardholder', 'check-errors', async () => {
		await page.goto('/check');
		await page.locator('form:has([name=consent]) button').click();
		await page.waitForLoadState();
	});
});

test('several cards, and an account that is being checked', async ({ page }) => {
	await enterCardholder(page, '苏婉清');
	await takeAll(page, 'cardholder', { 'debt-choose': '/debt' });
	await enterCardholder(page, '郭子睿');
	await takeAll(page, 'cardholder', { 'debt-checked': '/debt' });
});
