import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { findOnDisk } from '../support/find-on-disk.ts';
import { addPasskey, kept, look, turnOn, withPasskey, withWorker } from './debt-copy.ts';
import { type Device, startNamed, withDevice } from './named-server.ts';
import { lookFor, openProfile } from './shared-profile.ts';
import { personAt, signIn } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');
let server: Awaited<ReturnType<typeof startNamed>>;

test.beforeAll(async () => {
	test.setTimeout(240_000);
	server = await startNamed();
});
test.afterAll(() => server.stop());

async function openPhone(browser: Browser, { prf = true } = {}): Promise<{ page: Page; device: Device }> {
	const context = await browser.newContext({ baseURL: server.origin, serviceWorkers: 'allow' });
	const page = await context.newPage();
	return { page, device: await withDevice(page, { prf }) };
}

/** Whatever the page holds, seen or not. */
const whole = (page: Page) => page.evaluate(() => document.documentElement.outerHTML);

async function expectUsable(page: Page): Promise<void> {
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
}

test('without a network what is owed is shown only where that was turned on, and then for the passkey alone', async ({
	browser,
}) => {
	test.slow();
	const { page, device } = await openPhone(browser);
	const brought: string[] = [];
	page.on('request', (request) => brought.push(new URL(request.url()).pathname));
	await withPasskey(page, await personAt(page, 1));
	brought.length = 0;
	await page.goto('/debt');
	await page.waitForLoadState('networkidle');
	expect(brought.filter((path) => path.includes('debt-copy'))).toEqual([]);
	await page.context().setOffline(true);
	await page.goto('/debt');
	await expect(page.getByRole('heading', { name: w('offline_title') })).toBeVisible();
	await expect(page.locator('#offline-copy')).toBeHidden();
	expect(await whole(page)).not.toContain('¥');

	await page.context().setOffline(false);
	await page.goto('/security');
	await expectUsable(page);
	const total = await turnOn(page);
	expect(total).toMatch(/^¥[\d,]+\.\d\d$/);
	expect(await kept(page)).not.toContain(total.slice(1));

	await page.context().setOffline(true);
	await page.goto('/plans');
	const copy = page.locator('#offline-copy');
	const see = copy.locator('[data-see] button');
	await expect(see).toContainText(/20\d\d/);
	await expectUsable(page);
	expect(await whole(page)).not.toContain('¥');
	await see.press('Enter');
	await expect(copy.locator('[data-lines] .amount')).toHaveText(total);
	await expect(copy.locator('.old:visible')).toContainText(w('offline_copy_old').replace(/^.*\{day\}/, ''));
	await expect(copy.locator('[data-lines]')).toContainText(w('debt_title'));
	await expectUsable(page);
	await page.emulateMedia({ colorScheme: 'dark' });
	await expectUsable(page);
	// Whoever is handed the phone, or turns it back on, starts from the passkey again.
	await page.reload();
	await expect(see).toBeVisible();
	expect(await whole(page)).not.toContain('¥');
	await device.takes(false);
	await see.press('Enter');
	await expect(copy.getByText(w('offline_copy_refused'))).toBeVisible();
	expect(await whole(page)).not.toContain('¥');

	await copy.getByRole('button', { name: w('offline_copy_delete') }).press('Enter');
	await expect(copy.locator('[data-said=deleted]')).toBeFocused();
	await expect(copy.getByText(w('offline_copy_deleted'))).toBeVisible();
	expect(await kept(page)).toBeNull();
	await page.reload();
	await expect(copy).toBeHidden();
	await page.context().close();
});

test('the copy goes with signing out, with turning it off, with its passkey, and when another person comes', async ({
	browser,
}) => {
	test.slow();
	test.setTimeout(240_000);
	const { page } = await openPhone(browser);
	const signOut = page.getByRole('button', { name: w('common_sign_out') }).first();
	const person = await personAt(page, 2);
	await withPasskey(page, person);

	await turnOn(page);
	await page.goto('/security');
	await page.getByRole('button', { name: w('debt_copy_turn_off') }).click();
	await expect(page.getByRole('status').filter({ hasText: w('debt_copy_is_off') })).toBeVisible();
	expect(await kept(page)).toBeNull();

	// The line is lost while the page is open: signing out reaches nobody, and the copy goes all the same.
	await turnOn(page);
	await page.context().setOffline(true);
	await signOut.click();
	await expect(page.getByRole('heading', { name: w('offline_out_title') })).toBeVisible();
	expect(await kept(page)).toBeNull();
	await page.goto('/debt');
	await expect(page.getByRole('heading', { name: w('offline_out_title') })).toBeVisible();
	await expect(page.locator('#offline-copy')).toHaveCount(0);
	await page.context().setOffline(false);
	await expect(page).toHaveURL(/signed-out/);
	await signIn(page, person);
	await withWorker(page);

	await turnOn(page);
	await page.goto('/security');
	await page.getByRole('link', { name: w('passkey_remove') }).click();
	await page.getByRole('button', { name: w('passkey_remove_button') }).click();
	await expect(page.getByRole('status').filter({ hasText: w('passkey_removed') })).toBeVisible();
	await expect.poll(() => kept(page)).toBeNull();
	await addPasskey(page);

	await turnOn(page);
	await signOut.click();
	await expect(page).toHaveURL(/signed-out/);
	expect(await kept(page)).toBeNull();
	await withWorker(page);
	await page.context().setOffline(true);
	await page.goto('/debt');
	await expect(page.locator('#offline-copy')).toBeHidden();
	await page.context().setOffline(false);

	// A session that ended by itself leaves it, sealed; whoever signs in next does not.
	await signIn(page, await personAt(page, 3));
	await addPasskey(page);
	await turnOn(page);
	await page.context().clearCookies({ name: 'session' });
	await page.goto('/debt');
	await expect(page).toHaveURL(/sign-in/);
	expect(await kept(page)).not.toBeNull();
	await signIn(page, await personAt(page, 4));
	await expect.poll(() => kept(page)).toBeNull();
	await page.context().close();
});

test('the copy goes, signed in or not, once its passkey is removed or its person signs out everywhere on another device', async ({
	browser,
}) => {
	test.slow();
	test.setTimeout(240_000);
	const { page } = await openPhone(browser);
	const person = await personAt(page, 7);
	await withPasskey(page, person);
	await turnOn(page);
	const other = await (await browser.newContext({ baseURL: server.origin, serviceWorkers: 'block' })).newPage();
	await signIn(other, person);

	await other.goto('/security');
	await other.getByRole('link', { name: w('passkey_remove') }).click();
	await other.getByRole('button', { name: w('passkey_remove_button') }).click();
	await expect(other.getByRole('status').filter({ hasText: w('passkey_removed') })).toBeVisible();
	await page.goto('/debt');
	await expect.poll(() => kept(page)).toBeNull();

	await addPasskey(page);
	await turnOn(page);
	await other.goto('/security');
	await other.getByRole('button', { name: w('session_everywhere') }).click();
	await expect(other).toHaveURL(/signed-out/);
	expect(await kept(page)).not.toBeNull();
	await page.goto('/debt');
	await expect(page).toHaveURL(/sign-in/);
	await expect.poll(() => kept(page)).toBeNull();
	await other.context().close();
	await page.context().close();
});

test('a passkey that gives no secret keeps no copy, and the page says so', async ({ browser }) => {
	test.slow();
	const { page } = await openPhone(browser, { prf: false });
	await withPasskey(page, await personAt(page, 5));
	await page.getByRole('button', { name: w('debt_copy_turn_on') }).click();
	await expect(page.getByRole('status').filter({ hasText: w('debt_copy_cannot') })).toBeVisible();
	expect(await kept(page)).toBeNull();
	await page.context().close();
});

test('a copy of what is owed lies on the disk sealed alone, is shown for the passkey, and is gone once signed out', async () => {
	test.setTimeout(240_000);
	const folder = mkdtempSync(join(tmpdir(), 'portal-profile-'));
	try {
		let phone = await openProfile(folder, server.origin);
		let page = phone.pages()[0] ?? (await phone.newPage());
		await withDevice(page);
		const person = await personAt(page, 6);
		await withPasskey(page, person);
		const owed = (await turnOn(page)).replace(/^\D+/, '');
		await phone.setOffline(true);
		await page.goto('/debt');
		await page.locator('[data-see] button').click();
		await expect(page.locator('[data-lines] .amount')).toContainText(owed);
		const sealed = await page.evaluate(
			() => /"publicKey":"([^"]+)"/.exec(localStorage.getItem('debt-copy') ?? '')?.[1],
		);
		// Put away as it is, nobody signed out.
		await phone.close();
		expect(findOnDisk(folder, sealed ?? '')).not.toEqual([]);
		for (const secret of [owed, person.phone]) expect(findOnDisk(folder, secret), secret).toEqual([]);

		phone = await openProfile(folder, server.origin);
		page = phone.pages()[0] ?? (await phone.newPage());
		await signIn(page, person);
		await look(page);
		await page
			.getByRole('button', { name: w('common_sign_out') })
			.first()
			.click();
		await expect(page).toHaveURL(/signed-out/);
		await lookFor(page, [owed], ['/debt', '/offline', '/security']);
		expect(await page.evaluate(() => localStorage.getItem('debt-copy'))).toBeNull();
		await phone.close();
		for (const secret of [owed, person.phone]) expect(findOnDisk(folder, secret), secret).toEqual([]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
