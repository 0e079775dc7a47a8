import { expect, type Page, test } from '@playwright/test';
import { drawSecondLook, signInStaff } from './desk.ts';
import { type State, walk } from './looks.ts';
import { query } from './run-folder.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test.use({ viewport: { width: 1280, height: 800 } });

const at = (page: Page, path: string, hasErrors = false): State => ({
	name: path,
	hasErrors,
	arrive: async () => void (await page.goto(path)),
});

/** Sends the form of a page with nothing in it. */
const sent = (page: Page, path: string, button: string): State => ({
	name: `${path} with nothing`,
	hasErrors: true,
	arrive: async () => {
		await page.goto(path);
		await page.waitForLoadState('networkidle');
		await page.locator(button).first().press('Enter');
	},
});

test('the pages of fang, a second look among them, are for everybody', async ({ page }) => {
	test.slow();
	await signInStaff(page, 'fang');
	const drawn = await drawSecondLook('fang');
	await walk(
		page,
		['/desk', '/overview', `/desk/${drawn}/second`, '/staff/security', at(page, '/desk/no-such-case')],
		'desk',
	);
});

test('a case in hand and the step that confirms its decision are for everybody', async ({ page }) => {
	test.slow();
	await signInStaff(page, 'omar');
	await page.goto('/desk');
	await page.getByRole('button', { name: w('desk_take_next') }).click();
	await expect(page).toHaveURL(/\/desk\/[0-9a-f-]{36}/);
	const { pathname } = new URL(page.url());
	await walk(
		page,
		[
			pathname,
			{
				name: 'a decline to confirm',
				arrive: async () => {
					await page.goto(pathname);
					await page.locator('[name=outcome][value=declined]').check();
					await page.locator('select[name=reason]').selectOption({ index: 1 });
					await page.locator('form[action*=decide] button, #decision button').last().press('Enter');
					await expect(page.locator('textarea[name=words]')).toBeVisible();
				},
			},
		],
		'desk',
	);
	// Nobody else waits for what was only looked at.
	await query(`update review set lease_expires_at = null
		where closed_at is null and staff_id = (select id from staff where login = 'omar')`);
});

test('the pages of qiao, and what a role may not see, are for everybody', async ({ page }) => {
	test.slow();
	await signInStaff(page, 'qiao');
	const [person] = await query<{ id: string }>(`select id from cardholder order by id limit 1`);
	const path = `/support/${person?.id ?? ''}`;
	await walk(page, ['/support', path, `${path}/number`, at(page, '/staff/resume')], 'desk');
	await walk(page, [sent(page, `${path}/number`, '.page form button')], 'desk');
});

test('the pages of ines are for everybody', async ({ page }) => {
	test.slow();
	await signInStaff(page, 'ines');
	await walk(page, ['/admin', '/admin/products', '/admin/products/deferral', '/admin/proposals/new'], 'desk');
	await walk(page, [sent(page, '/admin', 'form[action*=add] button')], 'desk');
});
