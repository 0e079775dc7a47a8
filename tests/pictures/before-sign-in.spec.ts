import { test } from '@playwright/test';
import { admit } from '../e2e/admit.ts';
import { query } from '../e2e/run-folder.ts';
import { setEnd } from '../e2e/session-end.ts';
import { personAt } from '../e2e/trip.ts';
import { take, takeAll } from './album.ts';
import { withoutTable } from '../e2e/without-table.ts';

test('before signing in', async ({ page }) => {
	const { link = '' } = await personAt(page, 0);
	const press = (form: string) => page.locator(`${form} button`).first().click();
	await takeAll(page, 'cardholder', {
		start: '/',
		'link-dead': '/l/0000000000000000000000',
		'link-silenced': '/l/silenced',
		'sign-in': '/sign-in',
		'sign-in-ended': '/sign-in?ended=kept',
		'signed-out': '/?signed-out',
		link,
	});
	await take(page, 'cardholder', 'sign-in-errors', async () => {
		await page.goto('/sign-in');
		await press('main form');
	});
	await page.goto(link);
	await press('form[action="?/send"]');
	await page.waitForURL(/\/sign-in\/code/);
	await takeAll(page, 'cardholder', { code: '/sign-in/code', 'link-code-sent': '/l' });
	await take(page, 'cardholder', 'code-errors', async () => {
		await page.goto('/sign-in/code');
		await press('form[action="?/enter"]');
	});
	const enterWrong = async () => {
		await page.goto('/sign-in/code');
		await page.locator('[name=code]').fill('000000');
		await page.locator('[name=id_last4]').fill('0000');
		await press('form[action="?/enter"]');
	};
	await take(page, 'cardholder', 'code-wrong', enterWrong);
	for (let n = 0; n < 2; n++) await enterWrong();
	await takeAll(page, 'cardholder', { 'code-over': '/sign-in/code', help: '/help', offline: '/offline' });
	await takeAll(page, 'cardholder', { inbox: '/dev/inbox' });
});

test('signed out without a line: what the worker shows until the bank is told', async ({ page }) => {
	await page.route('**/offline', async (route) => {
		const kept = await route.fetch();
		const body = (await kept.text()).replace('id="offline"', '$& data-signed-out');
		await route.fulfill({ response: kept, body });
	});
	await page.goto('/');
	await takeAll(page, 'cardholder', { 'offline-signed-out': '/offline' });
});

test('what goes wrong', async ({ page }) => {
	await page.goto('/');
	await takeAll(page, 'cardholder', { 'not-found': '/nothing-is-here' });
	await admit(page);
	await withoutTable('statement', () => takeAll(page, 'cardholder', { fault: '/debt' }));
	await withoutTable('cardholder_session', () => takeAll(page, 'cardholder', { 'fault-of-everything': '/debt' }));
});

test('a session that ends', async ({ page }) => {
	await admit(page);
	const last = (minutes: number) =>
		query(
			`update cardholder_session set expires_at = now() + make_interval(mins => $1), used_at = now()
			where cardholder_id like 'admitted-%'`,
			[minutes],
		);
	await take(page, 'cardholder', 'session-ends-soon', async () => {
		await page.goto('/hardship', { waitUntil: 'networkidle' });
		await setEnd(page, 'session-ends', 119_000, 3_600_000);
		await page.getByRole('alertdialog').waitFor();
	});
	await take(page, 'cardholder', 'session-over', async () => {
		await last(60);
		await page.goto('/hardship', { waitUntil: 'networkidle' });
		await last(-1);
		await setEnd(page, 'session-ends', -1_000, 3_600_000);
		await page.locator('main').waitFor({ state: 'detached' });
	});
});
