import { expect, type Page, test } from '@playwright/test';
import { awaitMessage } from '../e2e/inbox.ts';
import { whileUnsigned } from '../e2e/staged.ts';
import { query } from '../e2e/run-folder.ts';
import { personTold, signInByNumbers } from '../e2e/trip.ts';
import { take, takeAll } from './album.ts';
import { enterOffered } from '../e2e/enter.ts';
import { takePaper } from './paper.ts';

for (const [name, told] of [
	['missed', /有一期未到/],
	['lapsed', /计划有变动/],
	['completed', /计划已全部完成/],
] as const) {
	test(`an agreement that is ${name}`, async ({ page }) => {
		await signInByNumbers(page, await personTold(page, told));
		await takeAll(page, 'cardholder', { [`agreement-${name}`]: '/agreement', [`debt-${name}`]: '/debt' });
		if (name === 'missed')
			await takeAll(page, 'cardholder', { calendar: '/agreement/calendar', 'ahead-with-a-plan': '/debt/ahead' });
		else await takePaper(page, `letter-${name}`, () => Promise.resolve('/agreement/letter'));
	});
}

/** The address of the document that the agreement's page offers, in the reader's language. */
async function paperOf(page: Page): Promise<string> {
	await page.goto('/agreement');
	return (await page.locator('a[href^="/agreement/paper"]').first().getAttribute('href')) ?? '';
}

/** Types the code that was sent. */
async function signWithCode(page: Page, phone: string): Promise<void> {
	await page.goto('/agreement');
	const { text } = await awaitMessage(page, phone, /确认码 \d{6}/);
	await page.locator('[name=code]').fill(/(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1] ?? '');
	for (const box of await page.locator('#sign [type=checkbox]').all()) await box.check();
	await page.locator('#sign button').first().click();
	await page.waitForURL(/signed/);
}

test('an agreement that is offered, read and signed', async ({ page }) => {
	const phone = await enterOffered(page);
	const [offered] = await query<{ id: string }>(
		`select application_id as id from agreement where status = 'offered' limit 1`,
	);
	await whileUnsigned(offered?.id ?? '', () =>
		takeAll(page, 'cardholder', {
			'application-unsigned': '/application',
			'debt-unsigned': '/debt',
			'agreement-unsigned': '/agreement',
		}),
	);
	await takeAll(page, 'cardholder', {
		'application-approved': '/application',
		'debt-approved': '/debt',
		'agreement-offered': '/agreement',
	});
	await takePaper(page, 'agreement', () => paperOf(page));
	await take(page, 'cardholder', 'agreement-errors', async () => {
		await page.goto('/agreement');
		await page.locator('#sign button').first().click();
		await expect(page.locator('#consent_terms-error')).toBeVisible();
	});
	await page.goto('/agreement');
	for (const box of await page.locator('#sign [type=checkbox]').all()) await box.check();
	await page.locator('#sign button').first().click();
	await expect(page.locator('[name=code]')).toBeVisible();
	await takeAll(page, 'cardholder', { 'agreement-code': '/agreement' });
	await signWithCode(page, phone);
	await takeAll(page, 'cardholder', { 'agreement-signed': '/agreement?signed', 'debt-signed': '/debt' });
});
