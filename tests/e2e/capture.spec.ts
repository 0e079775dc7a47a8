import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, expect, test } from '@playwright/test';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import { findOnDisk } from '../support/find-on-disk.ts';
import type { StandIn } from '../support/tus-stand-in.ts';
import { choose, hashOf, inState, openPhone, paper, standInFor, toDocuments } from './capture.ts';

let folder: string;
let server: StandIn;
let phone: BrowserContext;

test.beforeEach(async ({ baseURL }) => {
	folder = mkdtempSync(join(tmpdir(), 'portal-phone-'));
	server = await standInFor(baseURL);
});
test.afterEach(async () => {
	await phone.close();
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

test('on a line that is cut at 40 random places each page arrives once, with its bytes', async ({
	page: desk,
	baseURL,
}) => {
	test.setTimeout(180_000);
	const line = await startCuttingProxy({ to: server.port, seed: 20261128, cuts: 40, apart: [20_000, 250_000] });
	phone = await openPhone(folder, baseURL, server.port);
	await toDocuments(phone.pages()[0]!, desk, 3);
	const state = await phone.storageState();
	await phone.close();
	phone = await openPhone(folder, baseURL, line.port);
	await phone.addCookies(state.cookies);
	const page = phone.pages()[0]!;
	await page.goto('/documents');
	const files = Array.from({ length: 12 }, (_, at) => paper(`page ${String(at)}.pdf`, 400_000 + at * 37_003, at));
	await choose(page, files);
	await expect(inState(page, 'received')).toHaveCount(files.length, { timeout: 150_000 });
	expect(line.cuts()).toBe(40);
	expect(server.arrived.map(({ sha256 }) => sha256)).toEqual(files.map(hashOf));
	expect(new Set(server.arrived.map(({ client }) => client)).size).toBe(files.length);
	await line.close();
});

test('a reload half-way goes on where it was', async ({ page: desk, baseURL }) => {
	phone = await openPhone(folder, baseURL, server.port);
	const page = phone.pages()[0]!;
	await toDocuments(page, desk, 3);
	const file = paper('a contract.pdf', 4_000_000, 7);
	const sent: number[] = [];
	page.on('request', (request) => {
		if (request.method() === 'PATCH') sent.push(Number(request.headers()['upload-offset']));
	});
	const third = page.waitForRequest((request) => request.headers()['upload-offset'] === String(2 * 524_288));
	await choose(page, [file]);
	await third;
	await page.reload();
	await expect(inState(page, 'received')).toHaveCount(1, { timeout: 30_000 });
	expect(server.arrived.map(({ sha256 }) => sha256)).toEqual([hashOf(file)]);
	expect(sent.filter((offset) => offset === 0)).toHaveLength(1);
});

test('a killed browser goes on when it is opened again, and its disk shows neither bytes nor name', async ({
	page: desk,
	baseURL,
}) => {
	phone = await openPhone(folder, baseURL, server.port);
	const page = phone.pages()[0]!;
	await toDocuments(page, desk, 3);
	const state = await phone.storageState();
	const name = '苍鹭heron-4417.pdf';
	const marker = randomBytes(24).toString('hex');
	const file = paper(name, 3_000_000, 11);
	for (const at of [100, 1_300_000, 2_900_000]) file.buffer.write(marker, at);
	// Nothing gets through: it stays with the browser.
	await phone.route('**/documents/upload', (route) => route.abort());
	await choose(page, [file]);
	await expect(inState(page, 'offline')).toHaveCount(1);
	await phone.close();
	for (const secret of [name, marker]) expect(findOnDisk(folder, secret), secret).toEqual([]);

	phone = await openPhone(folder, baseURL, server.port);
	await phone.addCookies(state.cookies);
	const again = phone.pages()[0]!;
	await again.goto('/documents');
	await expect(inState(again, 'received')).toHaveCount(1, { timeout: 30_000 });
	await expect(again.locator('[data-state=received]')).toContainText(name);
	expect(server.arrived).toMatchObject([{ name, kind: 'end_of_employment_letter', sha256: hashOf(file) }]);
	await again.reload();
	await expect(again.locator('[data-state]')).toHaveCount(0);
});

test('without a connection it waits and goes on by itself when there is one', async ({ page: desk, baseURL }) => {
	phone = await openPhone(folder, baseURL, server.port);
	const page = phone.pages()[0]!;
	await toDocuments(page, desk, 3);
	await phone.setOffline(true);
	await choose(page, [paper('offline.pdf', 900_000, 13)]);
	await expect(inState(page, 'offline')).toHaveCount(1);
	await phone.setOffline(false);
	await expect(inState(page, 'received')).toHaveCount(1, { timeout: 30_000 });
	expect(server.arrived).toHaveLength(1);
});
