import type { Browser, Page } from '@playwright/test';
import { photo } from '../../e2e/trip.ts';

/** How long the browser took from a touch or a key to the next picture, by the browser's own Event Timing. */
export interface Delay {
	readonly what: string;
	readonly ms: number;
}

const SLOWER = 4;

/** Chooses a plan, a file and sends, each on a page of its own, on a processor made four times slower. */
export async function measureDelays(
	browser: Browser,
	origin: string,
	cookies: Record<string, string>,
): Promise<Delay[]> {
	const context = await browser.newContext({ baseURL: origin, viewport: { width: 360, height: 780 } });
	await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: origin })));
	const on = async (path: string, what: string, use: (page: Page) => Promise<void>): Promise<Delay> => {
		const page = await context.newPage();
		await page.addInitScript(() => {
			const seen: number[] = [];
			// The page stays, so that the browser can tell how long the touch took.
			addEventListener('submit', (event) => {
				event.preventDefault();
			});
			Object.assign(window, { seen });
			new PerformanceObserver((list) => {
				for (const { duration } of list.getEntries()) seen.push(duration);
			}).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
		});
		await page.goto(path);
		const devtools = await context.newCDPSession(page);
		await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
		await use(page);
		// Two pictures later everything before them has been told.
		await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
		const ms = await page.evaluate(() => Math.max(0, ...(window as unknown as { seen: number[] }).seen));
		await page.close();
		return { what, ms };
	};
	const delays = [
		await on('/plans', 'naming a sum, key by key', (page) => page.locator('#monthly').pressSequentially('1500')),
		await on('/plans', 'moving the slider', async (page) => {
			await page.locator('input[type=range]').focus();
			for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'End']) await page.keyboard.press(key);
		}),
		await on('/plans', 'choosing a plan', (page) =>
			page.locator('form[action^="?/choose"] button').first().click({ noWaitAfter: true }),
		),
		await on('/hardship', 'typing into the budget', (page) => page.locator('[name=food]').pressSequentially('1200')),
		await on('/documents', 'choosing a file', async (page) => {
			await page.locator('summary').first().click();
			const form = page.locator('form[data-upload]').first();
			await form.locator('input[multiple]').setInputFiles(await photo('letter.jpg'));
			await form.locator('button').last().click({ noWaitAfter: true });
		}),
		await on('/check', 'submitting', async (page) => {
			await page.locator('[name=consent]').check();
			await page.locator('main form button').last().click({ noWaitAfter: true });
		}),
	];
	await context.close();
	return delays;
}
