import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { findOnDisk } from '../support/find-on-disk.ts';
import { choose, inState, openPhone, paper, toDocuments } from './capture.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const NAME = '摆渡heron-90215.pdf';
const MARKER = 'heron-bytes-90215-of-a-page-never-sent';
let folder: string;
let phone: BrowserContext;

test.beforeEach(async ({ baseURL }) => {
	folder = mkdtempSync(join(tmpdir(), 'portal-phone-'));
	phone = await openPhone(folder, baseURL);
});
test.afterEach(async () => {
	await phone.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Signed in with a file chosen that does not get away. */
async function stuck(desk: Page): Promise<Page> {
	const page = phone.pages()[0] ?? (await phone.newPage());
	await toDocuments(page, desk, 9);
	await page.route('**/documents/upload', (route) => route.abort());
	await choose(page, [paper(NAME, 1_500_000, 3, MARKER)]);
	await expect(inState(page, 'offline')).toHaveCount(1);
	return page;
}

/**
 * How many files the device keeps; undefined where there is nothing that could keep any. Looking makes nothing: a
 * database that is deleted between being listed and being opened is not made anew.
 */
const kept = (page: Page) =>
	page.evaluate(async () => {
		if (!(await indexedDB.databases()).some(({ name }) => name === 'capture')) return undefined;
		const database = await new Promise<IDBDatabase | undefined>((resolve) => {
			const request = indexedDB.open('capture');
			request.onupgradeneeded = () => request.transaction?.abort();
			request.onsuccess = () => {
				resolve(request.result);
			};
			request.onerror = () => {
				resolve(undefined);
			};
		});
		if (!database) return undefined;
		const names = database.transaction('record').objectStore('record').getAllKeys();
		await new Promise((resolve) => (names.onsuccess = resolve));
		database.close();
		return names.result.length;
	});

for (const knows of [true, false]) {
	const browser = knows ? 'a browser that clears what it is told to' : 'a browser that does not know how to clear';
	test(`after signing out nothing that was chosen is left, in ${browser}`, async ({ page: desk }) => {
		const page = await stuck(desk);
		expect(await kept(page)).toBe(1);
		const cleared: boolean[] = [];
		await page.route('**/sign-out', async (route) => {
			const response = await route.fetch({ maxRedirects: 0 });
			const { 'clear-site-data': clear, ...others } = response.headers();
			cleared.push(clear?.includes('storage') ?? false);
			await route.fulfill({ response, headers: { ...others, ...(knows && clear && { 'clear-site-data': clear }) } });
		});
		await page
			.getByRole('button', { name: w('common_sign_out') })
			.first()
			.click();
		await page.getByRole('button', { name: w('sign_out_ask_out') }).click();
		await expect(page).toHaveURL(/signed-out/);
		expect(cleared).toEqual([true]);
		await expect.poll(() => kept(page)).toBeUndefined();
		await phone.close();
		for (const secret of [NAME, MARKER]) expect(findOnDisk(folder, secret), secret).toEqual([]);
	});
}

test('whoever uses the phone next sees nothing of what another chose, and it is deleted', async ({ page: desk }) => {
	const page = await stuck(desk);
	await phone.clearCookies();
	await page.unroute('**/documents/upload');
	await toDocuments(page, desk, 8);
	await expect.poll(() => kept(page)).toBe(0);
	await expect(page.locator('[data-state]')).toHaveCount(0);
});
