import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { signInStaff } from './desk.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test.use({ viewport: { width: 1280, height: 800 } });

const stage = (page: Page): Locator => page.locator('#evidence [role=region]');
const state = (page: Page): Locator => page.locator('#evidence [role=status]');
const percent = async (page: Page): Promise<number> =>
	Number.parseInt(await page.locator('#evidence .percent').innerText());

/** The page that is shown, once its picture is there. */
async function expectPage(page: Page, number: number): Promise<void> {
	await expect(stage(page)).toHaveAttribute('aria-label', new RegExp(`第 ${String(number)} 页`));
	const picture = stage(page).locator('img');
	await expect
		.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth), {
			timeout: 20_000,
		})
		.toBeGreaterThan(100);
	await expect(page.locator('#evidence .percent')).toHaveText(/%/);
}

/** Takes the next case by its key until one has several pages; one with fewer is put back and comes last. */
async function takeWithPages(page: Page): Promise<void> {
	await page.goto('/desk');
	// The keys wake up with the script.
	await expect(async () => {
		await page.keyboard.press('n');
		await expect(page).toHaveURL(/\/desk\/[0-9a-f-]{36}/, { timeout: 2_000 });
	}).toPass();
	await expect(page.locator('#evidence')).toBeVisible();
	if ((await page.locator('#evidence img[src*="variant=thumbnail"]').count()) > 1) return;
	await page.locator('summary[data-key=P]').click();
	await page.locator('[name=put_back_note]').fill('只有一页。');
	await page.getByRole('button', { name: w('desk_put_back_button') }).click();
	await expect(page).toHaveURL(/done=put_back/);
	await takeWithPages(page);
}

test('by keyboard alone an agent looks through the pages, asks for one again, accepts another and finds a line of the budget', async ({
	page,
	browser,
	baseURL,
}) => {
	test.slow();
	const faults: string[] = [];
	page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
	await signInStaff(page, 'lin');
	await takeWithPages(page);
	await expectPage(page, 1);
	await page.locator('[name=note]').fill('写到一半的备注');
	await page.locator('#content').focus();

	await page.keyboard.press('f');
	await expectPage(page, 2);
	await page.keyboard.press('ArrowLeft');
	await expectPage(page, 1);
	const whole = await percent(page);
	await page.keyboard.press('+');
	await expect.poll(() => percent(page)).toBeGreaterThan(whole);
	await page.keyboard.press('0');
	await expect.poll(() => percent(page)).toBe(whole);
	await page.keyboard.press('r');
	await expect(stage(page).locator('img')).toHaveClass(/turn-1/);
	await page.keyboard.press('2');
	await expectPage(page, 2);

	await page.keyboard.press('v');
	await expect(state(page)).toContainText(w('viewer_state_accepted'));
	await page.keyboard.press('1');
	await page.keyboard.press('q');
	await expect(page.locator('#evidence select[name=page_reason]')).toBeFocused();
	for (const colorScheme of ['dark', 'light'] as const) {
		await page.emulateMedia({ colorScheme });
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => target.join(' '))])).toEqual([]);
	}
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Tab');
	await page.keyboard.type('请把右下角也拍进来。');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(state(page)).toContainText(w('viewer_why_illegible'));
	await expect(page.locator('#evidence blockquote')).toHaveText('请把右下角也拍进来。');

	await page.locator('#content').focus();
	await page.keyboard.press('l');
	const line = await page.locator('#evidence select[name=line] option').first().innerText();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(page.locator('#evidence .chip')).toContainText(line);
	await page.locator('#content').focus();
	await page.keyboard.press('2');
	await expectPage(page, 2);
	await page.getByRole('link', { name: w('viewer_line_marked').replace('{line}', line) }).focus();
	await page.keyboard.press('Enter');
	await expectPage(page, 1);
	await page.keyboard.press('u');
	await expect(state(page)).toContainText(w('viewer_state_none'));
	// All that time nothing of the decision was lost.
	await expect(page.locator('[name=note]')).toHaveValue('写到一半的备注');
	expect(faults).toEqual([]);

	const plain = await browser.newContext({
		javaScriptEnabled: false,
		baseURL: baseURL ?? '',
		storageState: await page.context().storageState(),
		locale: 'zh-CN',
	});
	await withoutScript(await plain.newPage(), page.url(), line);
	await plain.close();

	await page.reload();
	await page.locator('#content').focus();
	await page.keyboard.press('p');
	await page.locator('[name=put_back_note]').fill('再看一遍。');
	await page.getByRole('button', { name: w('desk_put_back_button') }).click();
	await expect(page).toHaveURL(/\/desk\?done=put_back/);
});

/** The same by links and plain forms. */
async function withoutScript(page: Page, address: string, line: string): Promise<void> {
	await page.goto(address.replace(/\?.*/, ''));
	await page
		.locator('#evidence')
		.getByRole('link', { name: w('viewer_on') })
		.click();
	await expect(page).toHaveURL(/\?document=/);
	await expect(state(page)).toContainText(w('viewer_state_accepted'));
	await page.getByRole('link', { name: w('viewer_line_marked').replace('{line}', line) }).click();
	await expect(stage(page)).toHaveAttribute('aria-label', /第 1 页/);
	await page.locator('#evidence summary').click();
	await page.getByRole('button', { name: w('viewer_again_send') }).click();
	await expect(page.locator('#evidence')).toContainText(w('viewer_refused_reason'));
	await page.locator('#evidence select[name=page_reason]').selectOption('cut_off');
	await page.getByRole('button', { name: w('viewer_again_send') }).click();
	await expect(page).toHaveURL(/\/desk\/[0-9a-f-]{36}\?document=[0-9a-f-]{36}#evidence$/);
	await expect(state(page)).toContainText(w('viewer_why_cut_off'));
	await page.getByRole('button', { name: w('viewer_undo') }).click();
	await expect(state(page)).toContainText(w('viewer_state_none'));
}
