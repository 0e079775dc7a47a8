import { expect, type Page } from '@playwright/test';

/** Waits until a script of the page has come: those that come after the first picture are not there right after a visit. */
export async function brought(page: Page, script: string): Promise<void> {
	await expect
		.poll(() =>
			page.evaluate((name) => {
				const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
				return entries.some((entry) => entry.name.includes(name) && entry.responseEnd > 0);
			}, script),
		)
		.toBe(true);
}
