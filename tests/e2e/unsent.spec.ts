import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { admit, newcomer } from './admit.ts';
import { awaitMessage } from './inbox.ts';
import { query } from './run-folder.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const TYPED = '住院两个月，下个月恢复上班。';

/** While it lasts, the database takes no row into a table. */
async function whileRefusing(table: string, does: () => Promise<void>): Promise<void> {
	await query(`create function refuse_it() returns trigger language plpgsql as
		$$ begin raise exception 'planted: the database takes nothing'; end $$`);
	await query(
		`create trigger refuses_it before insert or update on ${table} for each row execute function refuse_it()`,
	);
	try {
		await does();
	} finally {
		await query(`drop trigger refuses_it on ${table}`);
		await query('drop function refuse_it()');
	}
}

async function expectReadable(page: Page): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	}
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
}

test('a form that the database does not take stands on a page of the portal, and one press sends it once it does', async ({
	page,
}) => {
	await admit(page);
	await page.goto('/hardship');
	await page.locator('[name=reason][value=illness_or_injury]').check();
	await whileRefusing('application', async () => {
		await page.locator('[name=circumstances]').fill(TYPED);
		await page.getByRole('button', { name: w('hardship_save') }).click();
		await expect(page.locator('h1')).toHaveText(w('desk_unsent_title'));
		await expect(page.locator('main')).toContainText(w('unsent_text'));
		await expect(page.locator('main')).toContainText(TYPED);
		await expectReadable(page);
	});
	await page.getByRole('button', { name: w('desk_unsent_send') }).click();
	await expect(page).toHaveURL(/\/documents$/);
	await page.goto('/hardship');
	await expect(page.locator('[name=circumstances]')).toHaveValue(TYPED);
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('a code, which no page keeps, is sent again by reading the page anew', async ({ page }) => {
		const person = await newcomer(page);
		await page.goto(person.link ?? '');
		await page.locator('main form button').first().click();
		await expect(page).toHaveURL(/\/sign-in\/code/);
		const { text } = await awaitMessage(page, person.phone, /(?<!\d)\d{6}(?!\d)/);
		const code = /(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1] ?? '';
		await page.locator('[name=code]').fill(code);
		await page.locator('[name=id_last4]').fill(person.idLast4);
		await whileRefusing('cardholder_session', async () => {
			await page.locator('form[action="?/enter"] button').first().click();
			await expect(page.locator('h1')).toHaveText(w('desk_unsent_title'));
			await expect(page.locator('main')).toContainText(w('unsent_in_part'));
			expect(await page.content()).not.toContain(code);
		});
		await page.reload();
		await expect(page).toHaveURL(/\/debt$/);
	});
});
