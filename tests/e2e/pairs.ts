import type { Page } from '@playwright/test';
import { newcomer } from './admit.ts';
import { enterStaff } from './enter.ts';
import { query } from './run-folder.ts';

/** Puts somebody on the staff, so that there is a link to enrol by; the page that answers shows it. Returns its path. */
export async function addColleague(page: Page, login: string): Promise<string> {
	await enterStaff(page, 'ines');
	await page.goto('/admin');
	const form = page.locator('form[action*=add]');
	await form.locator('[name=login]').fill(login);
	await form.locator('[name=name]').fill('梅雨晴');
	await form.locator('[name=role][value=support]').check();
	await form.locator('button').first().press('Enter');
	const link = await page.locator('.link').innerText();
	return new URL(link.trim()).pathname;
}

/** Proposes other terms of a product, as hai; leads to the proposal's page and returns its path. */
export async function propose(page: Page, code: string): Promise<string> {
	await enterStaff(page, 'hai');
	await page.goto(`/admin/proposals/new?product=${code}`);
	await page.locator('[name="names.en"]').fill('A plan by another name');
	await page.locator('.deeds button').last().press('Enter');
	await page.locator('.preview [name=note]').fill('名称更清楚。');
	await page.locator('.preview button').last().press('Enter');
	await page.waitForURL(/\/admin\/proposals\/[0-9a-f-]{36}/);
	return new URL(page.url()).pathname;
}

/** Takes a proposal out of everybody's way. */
export async function takeBack(proposal: string): Promise<void> {
	await query(
		`update product_proposal set status = 'withdrawn', decided_by = proposed_by, decided_at = now()
		 where id = $1 and status = 'proposed'`,
		[proposal.split('/').at(-1)],
	);
}

/** Asks for a newcomer's number to be changed, as qiao; returns the path of the person's page and the last four digits that were asked for. */
export async function askNewNumber(page: Page): Promise<{ person: string; lastFour: string }> {
	const { phone } = await newcomer(page);
	const [row] = await query<{ id: string }>('select id from cardholder where phone = $1', [phone]);
	const person = `/support/${row?.id ?? ''}`;
	await enterStaff(page, 'qiao');
	await page.goto(`${person}/number`);
	for (const proof of ['id_at_branch', 'called_back']) await page.locator(`[name=proof][value=${proof}]`).check();
	const last = Number(phone.slice(-4)) === 2468 ? '1357' : '2468';
	for (const field of ['phone', 'again']) await page.locator(`[name=${field}]`).fill(`${phone.slice(0, -4)}${last}`);
	await page.locator('.page form button').press('Enter');
	await page.waitForURL((url) => !url.pathname.endsWith('/number'));
	return { person, lastFour: last };
}
