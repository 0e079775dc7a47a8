import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { signInStaff } from './desk.ts';
import { readStaffCode } from './inbox.ts';
import { query } from './run-folder.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const TYPED = '王先生，材料上看不清日期，请再拍一次。';
const OTHER = '请补拍第二页。';
const NOTE = '出院小结缺第二页';

test.use({ viewport: { width: 1280, height: 800 } });

/** Takes the next case and comes to the second step of declining it, with words of one's own. */
async function comeToConfirm(page: Page, address?: string): Promise<void> {
	if (address === undefined) {
		await page.goto('/desk');
		await page.getByRole('button', { name: w('desk_take_next') }).click();
		await expect(page).toHaveURL(/\/desk\/[0-9a-f-]{36}/);
	} else await page.goto(address);
	await page.locator('[name=outcome][value=declined]').check();
	await page.locator('select[name=reason]').selectOption({ index: 1 });
	await page.locator('[name=note]').fill(NOTE);
	await page.getByRole('button', { name: w('desk_continue') }).click();
	await page.locator('textarea[name=words]').fill(TYPED);
}

async function prove(page: Page): Promise<void> {
	const code = page.locator('[name=confirm_code]');
	const browser = page.context().browser();
	if ((await code.count()) > 0 && browser) {
		await code.fill(await readStaffCode(browser, new URL(page.url()).origin, 'lin'));
	}
}

async function expectReadable(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.join(' '))])).toEqual([]);
	await page.setViewportSize({ width: 360, height: 780 });
	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(360);
	await page.setViewportSize({ width: 1280, height: 800 });
}

test('a decision that the database does not take is kept on its page, and the same press sends it once it does; a second tab is told, and who lost a case over lunch keeps what they typed', async ({
	page,
}) => {
	// One-time codes of the staff fit once: each next one is waited for.
	test.setTimeout(180_000);
	await signInStaff(page, 'lin');
	await comeToConfirm(page);
	const address = new URL(page.url()).pathname;
	const other = await page.context().newPage();
	await comeToConfirm(other, address);
	await prove(page);
	await query(`create function lose_it() returns trigger language plpgsql as
		$$ begin raise exception 'planted: the database takes nothing'; end $$`);
	await query('create trigger loses_it before insert on decision for each row execute function lose_it()');
	try {
		await page.getByRole('button', { name: w('desk_confirm_decline_button') }).click();
		await expect(page.locator('h1')).toHaveText(w('desk_unsent_title'));
		await expect(page.locator('main')).toContainText(TYPED);
		await expect(page.locator('main')).toContainText(NOTE);
		await expectReadable(page);
	} finally {
		await query('drop trigger loses_it on decision');
		await query('drop function lose_it()');
	}
	await page.getByRole('button', { name: w('desk_unsent_send') }).click();
	await expect(page).toHaveURL(/\/desk\?done=declined/);

	await other.locator('textarea[name=words]').fill(OTHER);
	await other.getByRole('button', { name: w('desk_confirm_decline_button') }).click();
	await expect(other.locator('article')).toContainText(w('desk_lost_declined'));
	await expect(other.locator('#typed')).toContainText(OTHER);
	await other.close();

	// After lunch: in other hands.
	await comeToConfirm(page);
	const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
	const moved = await query(
		`update review set staff_id = (select id from staff where login = 'omar'), fence = fence + 1,
			lease_expires_at = now() + interval '10 minutes' where application_id = $1 returning fence`,
		[id],
	);
	expect(moved).toHaveLength(1);
	await page.getByRole('button', { name: w('desk_confirm_decline_button') }).click();
	const [before = '', after = ''] = w('desk_refused_taken').split('{name}');
	await expect(page.locator('article')).toContainText(before);
	await expect(page.locator('article')).toContainText(after);
	await expect(page.locator('#typed')).toContainText(TYPED);
	await expect(page.locator('#typed')).toContainText(NOTE);
	await expectReadable(page);
	await query(`update review set lease_expires_at = null where application_id = $1 returning fence`, [id]);
});
