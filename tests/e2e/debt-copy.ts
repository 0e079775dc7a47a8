import { expect, type Page } from '@playwright/test';
import type { InboxMessage } from './inbox.ts';
import { signIn } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

/** The record of the copy, as it lies in the browser. */
export const kept = (page: Page) => page.evaluate(() => localStorage.getItem('debt-copy'));

/** Signed in with a passkey set up, on the page of it, with the worker in charge. */
export async function withPasskey(page: Page, person: InboxMessage): Promise<void> {
	await signIn(page, person);
	await addPasskey(page);
	await withWorker(page);
}

/** Loads the page again with the worker in charge. */
export async function withWorker(page: Page): Promise<void> {
	await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
	await page.reload({ waitUntil: 'networkidle' });
	await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}

export async function addPasskey(page: Page): Promise<void> {
	await page.goto('/security');
	await page.getByRole('button', { name: w('passkey_add') }).click();
	await expect(page.getByRole('status').filter({ hasText: w('passkey_added') })).toBeVisible();
}

/** Turns the copy on and looks at what is owed; the total as the page says it. */
export async function turnOn(page: Page): Promise<string> {
	await page.goto('/security');
	await page.getByRole('button', { name: w('debt_copy_turn_on') }).click();
	await expect(page.getByRole('status').filter({ hasText: w('debt_copy_is_on') })).toBeVisible();
	return look(page);
}

/** Looks at what is owed, until the copy has it. */
export async function look(page: Page): Promise<string> {
	await page.goto('/debt');
	await expect.poll(() => kept(page)).toContain('"sealed"');
	return (await page.locator('.amount.hero').innerText()).trim();
}
