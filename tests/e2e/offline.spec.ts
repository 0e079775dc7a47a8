import { expect, test } from '@playwright/test';
import { brought } from './brought.ts';
import { installed } from './installed.ts';
import { query } from './run-folder.ts';
import { photo } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test.use({ serviceWorkers: 'allow' });

/** The draft of whoever signed in last. */
async function newestBudget(): Promise<Record<string, string>> {
	const [row] = await query<{ budget: Record<string, string> }>(
		`select budget from application where status = 'draft' order by created_at desc limit 1`,
	);
	return row?.budget ?? {};
}

test('without a network the app opens, says since when, keeps the budget and a photograph, and sends both once', async ({
	page,
	context,
}) => {
	test.setTimeout(120_000);
	await installed(page);
	await context.setOffline(true);
	await page.goto('/debt');
	await expect(page.getByRole('heading', { name: w('offline_title') })).toBeVisible();
	await expect(page.locator('[data-since][lang=zh-CN]')).toContainText(/\d\d:\d\d/);
	await expect(page.locator('h1[lang=en], section[lang=en]').first()).toBeHidden();
	await expect(page.locator('body')).not.toContainText('¥');
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);

	await page.locator('#offline-budget [name=transport]').fill('321');
	await page.locator('#offline-budget [name=food]').fill('654');
	await expect(page.locator('#offline-budget [data-said=kept]')).toBeVisible();
	const photos = page.locator('#offline-photos');
	await photos.locator('[name=kind]').selectOption('hospital_certificate');
	await photos.locator('[name=files]').setInputFiles(await photo('诊断证明.jpg'));
	await expect(photos.locator('[data-said=consent]')).toBeVisible();
	await photos.locator('[name=consent]').check();
	await photos.locator('[name=files]').setInputFiles(await photo('诊断证明.jpg'));
	await expect(photos.locator('li')).toHaveCount(1);

	// Closed and opened again, still without a network: all is there.
	await page.goto('/plans');
	await expect(page.locator('#offline-budget [name=transport]')).toHaveValue('321');
	await expect(photos.locator('li')).toHaveCount(1);
	const stored = await page.evaluate(async () => {
		const database = await new Promise<IDBDatabase>((resolve) => {
			const request = indexedDB.open('offline');
			request.onsuccess = () => {
				resolve(request.result);
			};
		});
		const all = database.transaction('kept').objectStore('kept').getAll();
		const key = database.transaction('device').objectStore('device').get('key');
		await new Promise((resolve) => (key.onsuccess = resolve));
		const { extractable } = key.result as CryptoKey;
		database.close();
		return { extractable, fields: (all.result as object[]).map((row) => Object.keys(row).sort().join()) };
	});
	expect(stored.extractable).toBe(false);
	expect(stored.fields).toEqual(['bytes,id,text', 'bytes,id,text']);

	expect(await newestBudget()).not.toMatchObject({ transport: '321' });
	const sendings: string[] = [];
	page.on('request', (request) => {
		if (request.url().includes('/draft/offline')) sendings.push(request.url());
	});
	await context.setOffline(false);
	await expect.poll(newestBudget).toMatchObject({ transport: '321', food: '654' });
	await page.goto('/debt');
	await expect(page.locator('[data-offline-told=photos]')).toContainText(w('offline_told_photos'));
	await page.goto('/documents');
	await expect(page.locator('details#hospital_certificate ol > li').filter({ hasText: '诊断证明.jpg' })).toHaveCount(
		1,
		{
			timeout: 20_000,
		},
	);
	await expect.poll(() => page.evaluate(() => localStorage.getItem('unsent'))).toBeNull();
	await page.reload();
	await expect(page.locator('details#hospital_certificate ol > li')).toHaveCount(1);
	expect(sendings).toHaveLength(1);
});

test('where newer figures are on the server the person is asked, and whoever signs out leaves nothing on the device', async ({
	page,
	context,
}) => {
	test.setTimeout(120_000);
	await installed(page);
	await context.setOffline(true);
	await page.goto('/debt');
	await page.locator('#offline-budget [name=wages]').fill('1111');
	await expect(page.locator('#offline-budget [data-said=kept]')).toBeVisible();
	await query(`update application set situation_typed_at = now() + interval '1 minute',
		budget = budget || '{"wages": "7777"}' where id =
		(select id from application where status = 'draft' order by created_at desc limit 1)`);
	await context.setOffline(false);
	const asked = page.locator('[data-offline-told=newer]');
	await expect(asked).toBeVisible();
	expect(await newestBudget()).toMatchObject({ wages: '7777' });
	await asked.locator('[data-deed=use]').click();
	await expect.poll(newestBudget).toMatchObject({ wages: '1111' });

	await context.setOffline(true);
	await page.goto('/debt');
	await page.locator('#offline-budget [name=wages]').fill('2222');
	await expect(page.locator('#offline-budget [data-said=kept]')).toBeVisible();
	await page.route('**/draft/offline*', (route) => route.abort());
	await context.setOffline(false);
	await page.goto('/debt');
	await brought(page, 'ask-first');
	await page
		.getByRole('button', { name: w('common_sign_out') })
		.first()
		.click();
	await expect(page.getByRole('dialog').getByText(w('sign_out_ask_budget'))).toBeVisible();
	await page.getByRole('button', { name: w('sign_out_ask_out') }).click();
	await expect(page).toHaveURL(/signed-out/);
	await expect
		.poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
		.not.toContain('offline');
	expect(await page.evaluate(() => localStorage.getItem('device'))).toBeNull();
	expect(await newestBudget()).toMatchObject({ wages: '1111' });
});

test('the kept page is fetched anew once it is a day old', async ({ page }) => {
	await installed(page);
	const keptText = () => page.evaluate(async () => (await (await caches.match('/offline'))?.text()) ?? '');
	const age = (days: number) =>
		page.evaluate(
			async (date) => {
				await (await caches.open('shell')).put('/offline', new Response('of the last version', { headers: { date } }));
			},
			new Date(Date.now() - days * 86_400_000).toUTCString(),
		);
	await age(0.5);
	await page.goto('/debt');
	expect(await keptText()).toBe('of the last version');
	await age(1.5);
	await page.goto('/debt');
	await expect.poll(keptText).toContain(w('offline_title'));
});

test('a new version of the worker takes over and leaves a half-filled form as it is', async ({ page }) => {
	await installed(page);
	await page.goto('/hardship');
	await page.waitForLoadState('networkidle');
	await page.locator('[name=circumstances]').press('Control+End');
	await page.locator('[name=circumstances]').pressSequentially('写到一半');
	const changed = await page.evaluate(async () => {
		(window as Window & { mine?: string }).mine = 'same page';
		const taken = new Promise((resolve) => {
			navigator.serviceWorker.addEventListener('controllerchange', () => {
				resolve(navigator.serviceWorker.controller?.scriptURL);
			});
		});
		await navigator.serviceWorker.register('/service-worker.js?next', { scope: '/' });
		return taken;
	});
	expect(changed).toContain('?next');
	await page.locator('[name=circumstances]').pressSequentially('，接着写');
	await expect(page.locator('[name=circumstances]')).toHaveValue(/写到一半，接着写/);
	expect(await page.evaluate(() => (window as Window & { mine?: string }).mine)).toBe('same page');
});
