import { expect, type Locator, test } from '@playwright/test';
import { admit } from './admit.ts';
import { isWide, signInStaff, takeFirst } from './desk.ts';
import { readStaffCode } from './inbox.ts';
import { query } from './run-folder.ts';
import { apply } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const NOTE = '电话核实过，工资确已减半。';
const OWN = '欢迎您随时来电，我们一起看看。';
const NEW_CHECK = '已致电医院核实';

test.use({ viewport: { width: 360, height: 780 } });

let before: object | undefined;

/** The bank adds a check, as its administrator would. */
async function addCheck(): Promise<void> {
	before = (await query<{ value: object }>(`select value from setting where key = 'checks'`))[0]?.value;
	const item = { code: 'called_hospital', words: { 'zh-CN': NEW_CHECK, en: 'Called the hospital' }, needed: true };
	await query(
		`update setting set value = jsonb_set(value, '{items}', (value -> 'items') || $1::jsonb) where key = 'checks'`,
		[JSON.stringify([item])],
	);
}

/** And takes it off again. */
async function takeOff(): Promise<void> {
	if (before) await query(`update setting set value = $1::jsonb where key = 'checks'`, [JSON.stringify(before)]);
	before = undefined;
}
test.afterEach(takeOff);

/** The two plans side by side: each line that somebody decides by, with both of its values and what differs marked. */
async function expectSideBySide(where: Locator, offered: string): Promise<void> {
	const lines = ['compare_instalment', 'compare_count', 'compare_cost', 'compare_annual', 'compare_last'];
	for (const line of lines) {
		const row = where
			.getByRole('row')
			.filter({ has: where.page().getByRole('rowheader', { name: w(line), exact: true }) });
		await expect(row.getByRole('cell'), line).toHaveCount(2);
		for (const cell of await row.getByRole('cell').all()) await expect(cell, line).toHaveText(/\d/);
	}
	const term = where.getByRole('row').filter({ hasText: w('compare_count') });
	await expect(term.getByRole('cell').last()).toContainText(offered);
	await expect(term).toContainText(w('compare_differs'));
}

test('a list of checks that changes under an agent’s hands is shown anew with nothing lost, an offer stands beside what was asked for, and a decline sends the bank’s letter', async ({
	page,
	browser,
	baseURL,
}) => {
	test.setTimeout(240_000);
	await admit(page);
	const reference = await apply(page);
	const size = { viewport: { width: 1280, height: 900 }, locale: 'zh-CN' };
	const desk = await browser.newPage({ baseURL: baseURL ?? '', ...size });
	await signInStaff(desk, 'lin');
	await takeFirst(desk, reference);
	const decision = desk.locator('#decision');
	const go = () => desk.getByRole('button', { name: w('desk_continue') }).click();
	const prove = async () => {
		const code = desk.locator('[name=confirm_code]');
		if ((await code.count()) > 0) await code.fill(await readStaffCode(browser, baseURL ?? '', 'lin'));
	};
	const checks = desk.locator('[name=checked]');

	for (const check of await checks.all()) await check.check();
	await desk.locator('[name=note]').fill(NOTE);
	await desk.locator('[name=outcome][value=counter_offered]').check();
	const instalments = desk.locator('[name=offer_instalments]');
	const asked = await instalments.inputValue();
	const counts = await instalments
		.locator('option')
		.evaluateAll((options: HTMLOptionElement[]) => options.map(({ value }) => value));
	const count = counts.findLast((each) => each !== asked) ?? '';
	await instalments.selectOption(count);
	await addCheck();
	await go();
	await expect(decision).toContainText(w('rules_refused_checks_changed'));
	await expect(checks).toHaveCount(7);
	const fresh = desk.getByLabel(NEW_CHECK);
	await expect(fresh).not.toBeChecked();
	for (const check of (await checks.all()).slice(0, 6)) await expect(check).toBeChecked();
	await expect(desk.locator('[name=note]')).toHaveValue(NOTE);
	await expect(instalments).toHaveValue(count);
	await fresh.check();
	await go();
	await expectSideBySide(decision, count);

	// It changes once more while it is being confirmed: back to the first step, and still nothing is lost.
	await takeOff();
	await prove();
	await desk.getByRole('button', { name: w('desk_confirm_offer_button'), exact: true }).click();
	await expect(decision).toContainText(w('rules_refused_checks_changed'));
	await expect(checks).toHaveCount(6);
	await expect(desk.locator('[name=note]')).toHaveValue(NOTE);
	await go();
	await expectSideBySide(decision, count);
	await prove();
	await desk.getByRole('button', { name: w('desk_confirm_offer_button'), exact: true }).click();
	await expect(desk.locator('body')).toContainText(reference);

	const main = page.locator('main');
	await page.goto('/application');
	await expectSideBySide(main, count);
	expect(await isWide(page)).toBe(false);
	await main
		.locator('summary')
		.filter({ hasText: w('offer_decline_title') })
		.click();
	await page.getByRole('button', { name: w('offer_decline_button'), exact: true }).click();
	await expect(main).toContainText(w('offer_declined_title'));

	await takeFirst(desk, reference);
	await desk.locator('[name=outcome][value=declined]').check();
	await desk.locator('select[name=reason]').selectOption('able_to_pay');
	await go();
	const letter = decision.locator('.letter');
	await expect(letter).toContainText('按您填写的收支');
	await expect(letter).toContainText('提出异议');
	await desk.locator('textarea[name=words]').fill(OWN);
	await prove();
	await desk.getByRole('button', { name: w('desk_confirm_decline_button'), exact: true }).click();
	await expect(desk.locator('body')).toContainText(reference);
	const [kept] = await query<{ id: string; words: string }>(
		`select a.id, d.words from decision d join application a on a.id = d.application_id
		 where a.reference = $1 and d.outcome = 'declined'`,
		[reference],
	);
	await desk.goto(`/desk/${kept?.id ?? ''}`);
	await expect(decision).toContainText(OWN);
	await decision.locator('summary').click();
	await desk.close();

	await page.goto('/application');
	for (const part of (kept?.words ?? '').split('\n\n')) await expect(main).toContainText(part);
	await expect(main).toContainText(OWN);
	await expect(page.getByRole('button', { name: w('objection_button') })).toBeVisible();
	expect(await isWide(page)).toBe(false);
});
