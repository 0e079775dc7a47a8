import { type Browser, expect } from '@playwright/test';
import { type Carried, startWire, type Wire } from '../support/wire.ts';

/** What a first visit to a page brought over the line. */
export interface Weighed {
	readonly carried: readonly Carried[];
	/** What the browser had to wait for before it drew. */
	readonly blocking: readonly string[];
}

/** Who visits: the cookies that they have, and nothing else kept. */
type Cookies = Parameters<Awaited<ReturnType<Browser['newContext']>>['addCookies']>[0];

/** Weighs pages in browsers that have never been there. */
export class Scales {
	readonly #browser: Browser;
	readonly #origin: string;
	readonly #wire: Wire;

	private constructor(browser: Browser, origin: string, wire: Wire) {
		this.#browser = browser;
		this.#origin = origin;
		this.#wire = wire;
	}

	static async open(browser: Browser, origin: string): Promise<Scales> {
		return new Scales(browser, origin, await startWire(origin));
	}

	/** Visits a page until nothing more comes: its worker has taken over, its manifest was asked for. */
	async weigh(path: string, locale: string, cookies: Cookies): Promise<Weighed> {
		const context = await this.#browser.newContext({
			baseURL: this.#origin,
			viewport: { width: 360, height: 780 },
			serviceWorkers: 'allow',
			proxy: { server: this.#wire.server, bypass: '<-loopback>' },
		});
		try {
			await context.addCookies([
				...cookies.filter(({ name }) => name !== 'language'),
				{ name: 'language', value: locale, url: this.#origin },
			]);
			const page = await context.newPage();
			await page.goto(path);
			await expect(page).toHaveURL(new URL(path, this.#origin).href);
			await expect(page.locator('html')).toHaveAttribute('lang', locale);
			await page.evaluate(async () => {
				if (document.querySelector('meta[name=script][content*="/register."]')) await navigator.serviceWorker.ready;
			});
			const devtools = await context.newCDPSession(page);
			await devtools.send('Page.getAppManifest');
			await page.waitForLoadState('networkidle');
			const blocking = await page.evaluate(() =>
				performance
					.getEntriesByType('resource')
					.filter((entry) => (entry as { renderBlockingStatus?: string }).renderBlockingStatus === 'blocking')
					.map(({ name }) => name),
			);
			return { carried: await this.#wire.take(), blocking };
		} finally {
			await context.close();
			await this.#wire.take();
		}
	}

	close(): Promise<void> {
		return this.#wire.close();
	}
}

/** The sum, and the largest parts of it, for a message. */
export function describeWeight(carried: readonly Carried[]): string {
	const parts = [...carried].sort((a, b) => b.bytes - a.bytes).slice(0, 6);
	return `${String(sumOf(carried))} bytes in ${String(carried.length)} requests: ${parts.map(({ path, bytes }) => `${path} ${String(bytes)}`).join(', ')}`;
}

export function sumOf(carried: readonly Carried[]): number {
	return carried.reduce((sum, { bytes }) => sum + bytes, 0);
}
