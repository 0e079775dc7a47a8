import { expect, type Page } from '@playwright/test';
import { admit } from './admit.ts';
import { nameReason } from './trip.ts';

/** Signed in, with the worker in charge and the device theirs. */
export async function installed(page: Page): Promise<void> {
	await admit(page);
	await nameReason(page);
	await page.goto('/debt');
	await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
	await expect.poll(() => page.evaluate(() => localStorage.getItem('device'))).not.toBeNull();
	await page.reload();
	await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}
