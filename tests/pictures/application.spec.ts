import { expect, test } from '@playwright/test';
import { admit } from '../e2e/admit.ts';
import { enterStaff } from '../e2e/enter.ts';
import { declineAgain, eraseWordsOf, idOf, stage } from '../e2e/staged.ts';
import { apply } from '../e2e/trip.ts';
import { take, takeAll } from './album.ts';

test('an application that was sent, and all that may come of it', async ({ page, browser, baseURL }) => {
	await admit(page);
	const id = await idOf(await apply(page));
	await takeAll(page, 'cardholder', {
		'application-sent': '/application',
		'debt-sent': '/debt',
		'kept-sent': '/documents/kept',
	});
	await stage(id, 'in_review');
	await takeAll(page, 'cardholder', { 'application-in-review': '/application' });
	await stage(id, 'more_requested');
	await takeAll(page, 'cardholder', {
		'application-more-asked': '/application',
		'application-more-missing': '/application?missing',
	});
	await stage(id, 'counter_offered');
	await takeAll(page, 'cardholder', { 'application-offer': '/application', 'debt-offer': '/debt' });
	await take(page, 'cardholder', 'application-offer-open', async () => {
		await page.goto('/application');
		for (const summary of await page.locator('main details > summary').all()) await summary.click();
	});
	await page.goto('/application');
	await page.locator('form[action^="?/code"] button').click();
	await expect(page.locator('[name=code]')).toBeVisible();
	await takeAll(page, 'cardholder', { 'application-offer-code': '/application?code' });
	await take(page, 'cardholder', 'application-offer-code-wrong', async () => {
		await page.goto('/application');
		await page.locator('[name=code]').fill('0000');
		await page.locator('form[action^="?/accept"] button').first().click();
	});
	await stage(id, 'declined');
	await takeAll(page, 'cardholder', { 'application-declined': '/application', 'debt-declined': '/debt' });
	await take(page, 'cardholder', 'application-objection-error', async () => {
		await page.goto('/application');
		await page.locator('form[action*=object] button').click();
		await expect(page.locator('form[action*=object] [aria-invalid=true]')).toBeVisible();
	});
	// Anew: the answer to the empty one may still be on its way.
	await page.goto('/application');
	await page.locator('[name=objection]').fill('上个月起我的工资减半，请再看一次工资单。');
	await page.locator('form[action*=object] button').click();
	await page.waitForURL(/objected/);
	await takeAll(page, 'cardholder', { 'application-objected': '/application?objected' });
	await takeAll(page, 'cardholder', { 'application-withdrawn': '/application?withdrawn' });
	await declineAgain(id);
	await takeAll(page, 'cardholder', { 'application-declined-again': '/application' });
	await eraseWordsOf(id);
	await takeAll(page, 'cardholder', {
		'application-words-erased': '/application',
		'kept-words-erased': '/documents/kept',
	});
	const desk = await browser.newPage({ baseURL: baseURL ?? '', locale: 'zh-CN' });
	await enterStaff(desk, 'fang');
	await takeAll(desk, 'desk', { 'case-words-erased': `/desk/${id}` });
	await desk.close();
});
