import { type BrowserContext, chromium, expect, type Page } from '@playwright/test';
import { launchOptions } from '../support/browser.ts';

/** A browser as it stands on a shared phone: what it keeps stays in its folder. */
export async function openProfile(folder: string, baseURL: string): Promise<BrowserContext> {
	return chromium.launchPersistentContext(folder, {
		...launchOptions(),
		baseURL,
		locale: 'zh-CN',
		viewport: { width: 360, height: 780 },
		serviceWorkers: 'allow',
	});
}

/** Whatever the page holds, seen or not. */
export const all = (page: Page) => page.evaluate(() => document.documentElement.outerHTML).catch(() => '');

/** Back through all that was visited, forth again, and once more without a connection. */
export async function lookFor(page: Page, markers: readonly string[], addresses: readonly string[]): Promise<void> {
	const expectNone = async (how: string) => {
		await page.waitForLoadState();
		const shown = await all(page);
		for (const marker of markers) expect(shown.includes(marker), `${marker} after ${how} at ${page.url()}`).toBe(false);
	};
	for (const offline of [false, true]) {
		await page.context().setOffline(offline);
		const how = offline ? 'without a connection' : 'with one';
		for (let steps = 0; steps < 6; steps++) {
			await page.goBack().catch(() => null);
			await expectNone(`back, ${how}`);
		}
		await page.reload().catch(() => null);
		await expectNone(`reload, ${how}`);
		for (let steps = 0; steps < 6; steps++) {
			await page.goForward().catch(() => null);
			await expectNone(`forward, ${how}`);
		}
		for (const address of addresses) {
			await page.goto(address).catch(() => null);
			await expectNone(`the address ${address}, ${how}`);
		}
	}
	await page.context().setOffline(false);
}
