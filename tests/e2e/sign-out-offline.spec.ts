import { createHash } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { brought } from './brought.ts';
import { installed } from './installed.ts';
import { query } from './run-folder.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test.use({ serviceWorkers: 'allow' });

const signOut = (page: Page) =>
	page
		.getByRole('button', { name: w('common_sign_out') })
		.first()
		.click();

/** What the page says to whoever has signed out and whom the bank has not heard. */
async function expectSignedOutHere(page: Page): Promise<void> {
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(w('offline_out_title'));
	await expect(page.locator('main')).toContainText(w('offline_out_wiped'));
	await expect(page.locator('main')).toContainText(w('offline_out_owed'));
	const [before = '', after = ''] = w('offline_out_until').split('{time}');
	await expect(page.locator('[data-until]:visible')).toHaveText(new RegExp(`^${before}.*\\d\\d:\\d\\d${after}$`));
	await expect(page.locator('#offline-budget')).toHaveCount(0);
}

/** Whose session the page's browser holds, and how often the bank was told that it is over. */
async function sessionOf(page: Page): Promise<{ open(): Promise<number>; told(): Promise<number> }> {
	const token = (await page.context().cookies()).find(({ name }) => name === 'session')?.value ?? '';
	const id = createHash('sha256').update(token).digest('hex');
	const [row] = await query<{ cardholder_id: string }>('select cardholder_id from cardholder_session where id = $1', [
		id,
	]);
	expect(row).toBeDefined();
	return {
		open: async () => (await query('select from cardholder_session where id = $1', [id])).length,
		told: async () =>
			(await query(`select from audit_log where action = 'sign_in.ended' and cardholder_id = $1`, [row?.cardholder_id]))
				.length,
	};
}

/** What the device keeps: databases, but that of the hashed files' ages, and what stands in the browser's own store. */
const keptOn = (page: Page) =>
	page.evaluate(async () => ({
		databases: (await indexedDB.databases()).flatMap(({ name }) => (name === 'workbox-expiration' ? [] : [name])),
		names: Object.keys(localStorage).filter((name) => name !== 'offline-since'),
	}));

/** A budget that was never sent, a copy of what is owed, papers that were chosen, and then no line any more. */
async function loseTheLine(page: Page): Promise<void> {
	const context = page.context();
	await page.route('**/draft/offline*', (route) => route.abort());
	await context.setOffline(true);
	await page.goto('/debt');
	await page.locator('#offline-budget [name=transport]').fill('321');
	await expect(page.locator('#offline-budget [data-said=kept]')).toBeVisible();
	await context.setOffline(false);
	await page.goto('/security');
	await brought(page, 'ask-first');
	await page.evaluate(async () => {
		localStorage.setItem('debt-copy', '{}');
		await new Promise((resolve) => (indexedDB.open('capture', 1).onsuccess = resolve));
	});
	await context.setOffline(true);
}

test('signing out without a line empties the phone at once, and the bank is told once, when the portal is opened again', async ({
	page,
	context,
}) => {
	test.setTimeout(120_000);
	await installed(page);
	const other = await context.newPage();
	await other.goto('/debt');
	await expect(other.locator('.hero').first()).toBeVisible();
	await page.bringToFront();
	const { open, told } = await sessionOf(page);
	await loseTheLine(page);
	await signOut(page);
	await page.getByRole('button', { name: w('sign_out_ask_out') }).click();
	await expectSignedOutHere(page);
	expect(await keptOn(page)).toEqual({ databases: [], names: [] });
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
	expect(await open()).toBe(1);

	// The other window, looked at, covers itself.
	await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	await expect(other.getByRole('heading', { level: 1 })).toHaveText(w('session_over_title'));
	expect(await other.evaluate(() => document.documentElement.outerHTML)).not.toContain('¥');
	await other.close();
	await page.goBack().catch(() => null);
	await page.goto('/plans');
	await expectSignedOutHere(page);
	expect(await keptOn(page)).toEqual({ databases: [], names: [] });

	const later = await context.newPage();
	await page.close();
	await context.setOffline(false);
	await later.goto('/debt');
	await expect(later).toHaveURL(/\/sign-in$/);
	expect([await open(), await told()]).toEqual([0, 1]);
	await later.goto('/');
	await later.goto('/debt');
	await expect(later).toHaveURL(/\/sign-in$/);
	expect(await told()).toBe(1);
	// Of the next one who has no line here nothing is said but that.
	await later.goto('/');
	await later.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
	await context.setOffline(true);
	await later.goto('/debt');
	await expect(later.getByRole('heading', { level: 1 })).toHaveText(w('offline_title'));
});

test('a page that waits for the line tells the bank by itself, and so does a press where the bank could not do it', async ({
	page,
	context,
}) => {
	test.setTimeout(120_000);
	await installed(page);
	const first = await sessionOf(page);
	await page.goto('/security');
	await context.setOffline(true);
	await page.getByRole('button', { name: w('session_everywhere') }).click();
	await expectSignedOutHere(page);
	await context.setOffline(false);
	await expect(page).toHaveURL(/\/\?signed-out$/);
	await expect(page.locator('main')).toContainText(w('home_signed_out'));
	expect(await first.open()).toBe(0);

	await installed(page);
	const second = await sessionOf(page);
	await query(`create function keep_it() returns trigger language plpgsql as
		$$ begin raise exception 'planted: nothing is taken'; end $$`);
	await query('create trigger keeps_it before delete on cardholder_session for each row execute function keep_it()');
	try {
		await signOut(page);
		await expectSignedOutHere(page);
		await page.getByRole('link', { name: w('offline_out_again') }).click();
		await expectSignedOutHere(page);
		expect(await second.open()).toBe(1);
	} finally {
		await query('drop trigger keeps_it on cardholder_session');
		await query('drop function keep_it()');
	}
	await page.getByRole('link', { name: w('offline_out_again') }).click();
	await expect(page.locator('main')).toContainText(w('home_signed_out'));
	expect([await second.open(), await second.told()]).toEqual([0, 1]);
});
