import { expect, test } from '@playwright/test';
import { personAt, signIn } from './trip.ts';
import { words } from './words.ts';

test.use({ serviceWorkers: 'allow' });

test('the worker keeps hashed files and the offline page, and nothing of the person who is signed in', async ({
	page,
	context,
}) => {
	await signIn(page, await personAt(page, 8));
	// The first pages do not bring it.
	await page.goto('/hardship');
	await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
	await page.goto('/hardship');
	await page.goto('/debt');
	const kept = await page.evaluate(async () => {
		const addresses: string[] = [];
		for (const name of await caches.keys()) {
			for (const request of await (await caches.open(name)).keys()) addresses.push(new URL(request.url).pathname);
		}
		return addresses;
	});
	expect(kept).toContain('/offline');
	expect(kept).toContainEqual(expect.stringMatching(/^\/_app\/immutable\/scripts\/offline\.[\w-]+\.js$/));
	expect(kept.filter((path) => path !== '/offline' && !path.startsWith('/_app/immutable/'))).toEqual([]);

	await context.setOffline(true);
	await page.goto('/debt');
	await expect(page.locator('body')).toContainText(words('zh-CN')('offline_title'));
	await expect(page.locator('body')).not.toContainText('¥');
	await context.setOffline(false);
});

test('the manifest names the bank, its icons are there, and it does not speak of debt', async ({ request }) => {
	const manifest = (await (await request.get('/manifest.webmanifest')).json()) as {
		icons: { src: string }[];
		name: string;
		description: string;
	};
	expect(`${manifest.name} ${manifest.description}`).not.toMatch(/欠款|还款|debt|owe/i);
	for (const { src } of manifest.icons) expect((await request.get(src)).status(), src).toBe(200);
});
