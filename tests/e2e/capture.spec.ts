import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import { findOnDisk } from '../support/find-on-disk.ts';
import { choose, hashOf, inState, openPhone, paper, received, toDocuments } from './capture.ts';

let folder: string;
let phone: BrowserContext | undefined;

test.beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'portal-phone-'));
});
test.afterEach(async () => {
	await phone?.close();
	phone = undefined;
	rmSync(folder, { recursive: true, force: true });
});

/** The phone's page, the same signed-in person each time the browser is opened. */
async function open(baseURL: string | undefined, port?: number): Promise<Page> {
	const cookies = (await phone?.cookies()) ?? [];
	await phone?.close();
	phone = await openPhone(folder, baseURL, port);
	await phone.addCookies(cookies);
	return phone.pages()[0] ?? (await phone.newPage());
}

test('on a line that is cut at 40 random places each page arrives once, with its bytes', async ({
	page: desk,
	baseURL,
}) => {
	test.setTimeout(180_000);
	const to = Number(new URL(baseURL ?? '').port);
	const line = await startCuttingProxy({ to, seed: 20261128, cuts: 40, apart: [20_000, 250_000] });
	await toDocuments(await open(baseURL), desk, 8);
	const page = await open(baseURL, line.port);
	await page.goto('/documents');
	const files = Array.from({ length: 12 }, (_, at) => paper(`cut ${String(at)}.pdf`, 400_000 + at * 37_003, at));
	await choose(page, files);
	await expect(inState(page, 'received')).toHaveCount(files.length, { timeout: 120_000 });
	expect(line.cuts()).toBe(40);
	const kind = 'end_of_employment_letter';
	expect(await received(page, 'cut ')).toEqual(files.map((file) => ({ name: file.name, kind, sha256: hashOf(file) })));
	await line.close();
});

test('a reload half-way goes on where it was', async ({ page: desk, baseURL }) => {
	const page = await open(baseURL);
	await toDocuments(page, desk, 8);
	const file = paper('reloaded.pdf', 4_000_000, 7);
	const sent: number[] = [];
	page.on('request', (request) => {
		if (request.method() === 'PATCH') sent.push(Number(request.headers()['upload-offset']));
	});
	const third = page.waitForRequest((request) => request.headers()['upload-offset'] === String(2 * 524_288));
	await choose(page, [file]);
	await third;
	await page.reload();
	await expect(inState(page, 'received')).toHaveCount(1, { timeout: 30_000 });
	expect(await received(page, file.name)).toMatchObject([{ sha256: hashOf(file) }]);
	expect(sent.filter((offset) => offset === 0)).toHaveLength(1);
});

test('a killed browser goes on when it is opened again, and its disk shows neither bytes nor name', async ({
	page: desk,
	baseURL,
}) => {
	const page = await open(baseURL);
	await toDocuments(page, desk, 8);
	const marker = randomBytes(24).toString('hex');
	const file = paper('苍鹭heron-4417.pdf', 3_000_000, 11, marker);
	// Nothing gets through: it stays with the browser.
	await page.route('**/documents/upload', (route) => route.abort());
	await choose(page, [file]);
	await expect(inState(page, 'offline')).toHaveCount(1);
	const cookies = (await phone?.cookies()) ?? [];
	await phone?.close();
	for (const secret of [file.name, marker]) expect(findOnDisk(folder, secret), secret).toEqual([]);

	phone = await openPhone(folder, baseURL);
	await phone.addCookies(cookies);
	const again = phone.pages()[0] ?? (await phone.newPage());
	await again.goto('/documents');
	await expect(inState(again, 'received')).toHaveCount(1, { timeout: 30_000 });
	await expect(inState(again, 'received')).toContainText(file.name);
	expect(await received(again, file.name)).toMatchObject([{ sha256: hashOf(file) }]);
	await again.reload();
	await expect(again.locator('#reason a[href^="/documents/"]').first()).toBeVisible();
	await expect(again.locator('[data-state]')).toHaveCount(0);
});

test('without a connection it waits and goes on by itself when there is one', async ({ page: desk, baseURL }) => {
	const page = await open(baseURL);
	await toDocuments(page, desk, 8);
	await phone?.setOffline(true);
	const file = paper('offline.pdf', 900_000, 13);
	await choose(page, [file]);
	await expect(inState(page, 'offline')).toHaveCount(1);
	await phone?.setOffline(false);
	await expect(inState(page, 'received')).toHaveCount(1, { timeout: 30_000 });
	expect(await received(page, file.name)).toMatchObject([{ sha256: hashOf(file) }]);
});
