import { expect, test } from '@playwright/test';
import { signInStaff } from './desk.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const ADDED = '已与本人通话核实';
const WHY = '来电冒名增多。';

test('an administrator proposes a new check, nothing typed is lost on a mistake, and a second one answers', async ({
	page,
	browser,
	baseURL,
}) => {
	// One-time codes of the staff fit once: each next one is waited for.
	test.setTimeout(180_000);
	const main = page.locator('main');
	await signInStaff(page, 'ines');
	await page.goto('/admin');
	await page.getByRole('link', { name: w('rule_nav_checks') }).click();
	const groups = main.locator('details');
	const last = (await groups.count()) - 1;
	await groups.nth(last).locator('summary').click();
	await groups.nth(last).locator('input[name$="words.zh-CN"]').fill(ADDED);
	await groups.nth(0).locator('summary').click();
	const first = groups.nth(0).locator('input[name="items.0.words.zh-CN"]');
	const wording = await first.inputValue();
	await first.fill('');
	await page.getByRole('button', { name: w('product_form_propose') }).click();
	await expect(first).toHaveAttribute('aria-invalid', 'true');
	await expect(groups.nth(0)).toContainText(w('rule_problem_missing'));
	await expect(groups.nth(last).locator('input[name$="words.zh-CN"]')).toHaveValue(ADDED);
	await first.fill(wording);
	await page.getByRole('button', { name: w('product_form_propose') }).click();
	const why = page.locator('[name=why]');
	await expect(why).toHaveAttribute('aria-invalid', 'true');
	await expect(groups.nth(last).locator('input[name$="words.zh-CN"]')).toHaveValue(ADDED);
	await why.fill(WHY);
	await page.getByRole('button', { name: w('product_form_propose') }).click();
	await expect(main).toContainText(w('product_proposal_own'));
	await expect(main.locator('td.new').first()).toHaveText(ADDED);
	// Only what differs is shown: the text, and that it must be done.
	await expect(main.locator('tbody tr')).toHaveCount(2);
	await page.setViewportSize({ width: 360, height: 780 });
	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(360);

	const second = await browser.newPage({ baseURL: baseURL ?? '', locale: 'zh-CN' });
	await signInStaff(second, 'hai');
	await second.goto('/admin/rules/checks');
	await expect(second.locator('main')).toContainText(ADDED);
	await expect(second.locator('main')).toContainText(WHY);
	await second.getByRole('button', { name: w('product_proposal_reject') }).click();
	await expect(second.locator('[name=note]')).toHaveAttribute('aria-invalid', 'true');
	await second.locator('[name=note]').fill('暂不需要。');
	await second.getByRole('button', { name: w('product_proposal_reject') }).click();
	await expect(second.locator('main')).toContainText(w('product_proposal_rejected'));
	await expect(second.locator('main')).toContainText('暂不需要。');
	await second.close();
	await page.reload();
	await expect(main.locator('details').first().locator('input[name="items.0.words.zh-CN"]')).toHaveValue(wording);
});

test('a letter with braces of its own is refused beside its field', async ({ page }) => {
	test.setTimeout(120_000);
	await signInStaff(page, 'ines');
	await page.goto('/admin/rules/decline_letters');
	const group = page.locator('main details').first();
	await group.locator('summary').click();
	const letter = group.locator('textarea[name="reasons.0.letter.en"]');
	await letter.fill('Dear {name}, no.');
	await page.getByRole('button', { name: w('product_form_propose') }).click();
	await expect(letter).toHaveAttribute('aria-invalid', 'true');
	await expect(letter).toHaveValue('Dear {name}, no.');
	await expect(group).toContainText('{bank} {phone}');
});
