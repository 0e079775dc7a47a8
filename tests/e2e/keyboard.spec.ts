import { expect, type Locator, type Page, test } from '@playwright/test';
import { newcomer } from './admit.ts';
import { awaitMessage } from './inbox.ts';
import { photo } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const MOST_STOPS = 60;

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
	for (let stop = 0; stop < MOST_STOPS; stop++) {
		await page.keyboard.press('Tab');
		if (await target.evaluate((element) => element === document.activeElement)) return;
	}
	throw new Error(`${String(target)} is not come to by ${String(MOST_STOPS)} presses of Tab`);
}

/** Comes to something and presses a key on it. */
async function press(page: Page, target: Locator, key: 'Enter' | 'Space'): Promise<void> {
	await tabTo(page, target);
	await page.keyboard.press(key);
}

async function type(page: Page, name: string, text: string): Promise<void> {
	await tabTo(page, page.locator(`[name=${name}]`));
	await page.keyboard.type(text);
}

test('by the keyboard alone somebody comes from the message to the sent application, a photograph with it', async ({
	page,
}) => {
	test.slow();
	const person = await newcomer(page);
	await page.goto(person.link ?? '');
	const button = (name: string) => page.getByRole('button', { name: w(name), exact: true }).first();
	await press(page, button('link_send'), 'Enter');
	await expect(page).toHaveURL(/\/sign-in\/code/);

	// A code can be filled in by the phone, or pasted as it came: nobody has to keep it in mind.
	const code = page.locator('[name=code]');
	await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
	const isLet = await code.evaluate((field) =>
		field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true })),
	);
	expect(isLet).toBe(true);
	const { text } = await awaitMessage(page, person.phone, /(?<!\d)\d{6}(?!\d)/);
	await type(page, 'code', (/(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1] ?? '').replace(/^\d{3}/, '$& '));
	await type(page, 'id_last4', person.idLast4);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/debt$/);

	// What stands at the head of every page is passed over with one key.
	await page.keyboard.press('Tab');
	await expect(page.locator('.skip')).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.locator('main')).toBeFocused();
	await press(page, page.getByRole('link', { name: w('debt_options') }), 'Enter');
	await expect(page).toHaveURL(/\/hardship$/);

	const reasons = page.locator('[name=reason]');
	await tabTo(page, reasons.first());
	await page.keyboard.press('Space');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowUp');
	await expect(page.locator('[name=reason]:checked')).toBeFocused();
	while (!(await page.locator('[name=reason][value=illness_or_injury]').isChecked())) {
		await page.keyboard.press('ArrowDown');
	}
	await type(page, 'circumstances', '住院两个月，下个月恢复上班。');
	await type(page, 'wages', '9000');
	await type(page, 'housing', '2500');
	await press(page, button('hardship_save'), 'Enter');
	await expect(page).toHaveURL(/\/documents/);

	const kind = page.locator('details#hospital_certificate');
	await press(page, kind.locator('> summary'), 'Enter');
	const chosen = page.waitForEvent('filechooser');
	await press(page, kind.locator('input[multiple]'), 'Enter');
	await (await chosen).setFiles(await photo('诊断证明.jpg'));
	await press(page, kind.locator('[name=sensitive_consent]'), 'Space');
	await press(page, kind.getByRole('button', { name: w('documents_send'), exact: true }).last(), 'Enter');
	await expect(kind.locator('ol > li')).toHaveCount(1, { timeout: 20_000 });
	await press(page, page.getByRole('link', { name: w('documents_go_on') }), 'Enter');
	await expect(page).toHaveURL(/\/plans/);

	await type(page, 'monthly', '1500');
	await page.keyboard.press('Enter');
	await page.waitForURL(/monthly=1500/);
	await press(page, page.locator('form[action^="?/choose"] button').first(), 'Enter');
	await expect(page).toHaveURL(/\/check$/);
	await press(page, page.locator('[name=consent]'), 'Space');
	await press(page, button('check_send'), 'Enter');
	await expect(page).toHaveURL(/\/application$/);
	await expect(page.locator('main')).toContainText(/A-\d+/);
});

test('what was opened by a key is closed by one, and the focus is where it was', async ({ page }) => {
	await newcomer(page);
	await page.goto('/sign-in');
	const english = page.getByRole('button', { name: 'English' });
	await press(page, english, 'Enter');
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await expect(page).toHaveURL(/\/sign-in$/);
	// Each other language is written and marked in itself.
	for (const [language, name] of [
		['zh-CN', '简体'],
		['zh-TW', '繁體'],
	] as const) {
		await expect(page.locator(`button[lang="${language}"]`)).toHaveText(name);
	}
});
