import { expect, type Page, test } from '@playwright/test';
import { admit, admitOne } from './admit.ts';
import { holdScripts } from './hold-scripts.ts';
import { query } from './run-folder.ts';
import { choosePlan, nameReason, openItem, photo, submit } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

const item = (page: Page) => page.locator('details#medical_record');
const pages = (page: Page) => item(page).locator('ol > li');
const named = (page: Page, name: string) => pages(page).filter({ hasText: name });
const deed = (page: Page, name: string, key: string) =>
	named(page, name).locator(`[aria-label="${w(key)}：${name}"], [aria-label="${w(key)} ${name}"]`);

/** A photo that breaks off. */
async function broken(name: string) {
	const { buffer, ...file } = await photo(name);
	return { ...file, buffer: Buffer.concat([buffer.subarray(0, 600), Buffer.alloc(2_000, 7)]) };
}

async function sendRecords(page: Page): Promise<void> {
	const form = await openItem(page, 'medical_record');
	await form.locator('input[multiple]').setInputFiles([await photo('病历一.jpg'), await photo('病历二.jpg')]);
	await form.locator('[name=sensitive_consent]').check();
	await form.getByRole('button', { name: w('documents_send'), exact: true }).click();
	await expect(pages(page)).toHaveCount(2);
	await expect(item(page).locator('img')).toHaveCount(2);
}

/** Puts another file in the place of a page. */
async function replace(page: Page, name: string, file: Awaited<ReturnType<typeof photo>>): Promise<void> {
	const details = named(page, name)
		.locator('details')
		.filter({ has: page.locator('[name=replaces]') });
	if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
	await details.locator('input[type=file]').last().setInputFiles(file);
	await details.getByRole('button', { name: w('documents_send'), exact: true }).click();
}

async function remove(page: Page, name: string): Promise<void> {
	await deed(page, name, 'documents_remove').click();
	await named(page, name)
		.getByRole('button', { name: w('documents_remove_yes') })
		.click();
}

for (const [how, javaScriptEnabled] of [
	['with JavaScript', true],
	['without JavaScript', false],
] as const) {
	test.describe(how, () => {
		test.use({ javaScriptEnabled });

		test('pages are turned, put in order, replaced and removed; one that cannot be opened says so', async ({
			page,
		}) => {
			await admit(page);
			await nameReason(page);
			await sendRecords(page);
			await deed(page, '病历一.jpg', 'page_turn').click();
			await expect(named(page, '病历一.jpg').locator('img')).toHaveClass(/turned-1/);
			await deed(page, '病历一.jpg', 'page_later').click();
			await expect(pages(page).first()).toContainText('病历二.jpg');

			await replace(page, '病历二.jpg', await broken('坏的.jpg'));
			await expect(named(page, '坏的.jpg')).toContainText(w('file_unreadable'));
			await expect(item(page).locator('> summary')).toContainText(w('item_again'));
			await expect(pages(page)).toHaveCount(2);
			await remove(page, '坏的.jpg');
			await expect(pages(page)).toHaveCount(1);
			await expect(item(page).locator('> summary')).toContainText(w('item_received'));
			await remove(page, '病历一.jpg');
			await expect(item(page).locator('> summary')).toContainText(w('item_missing'));
		});
	});
}

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('what is chosen goes along with whoever goes on; what cannot be read keeps them, with words beside it', async ({
		page,
	}) => {
		await admit(page);
		await nameReason(page);
		const onward = async () => (await openItem(page, 'hospital_certificate')).locator('[formaction*=onward]');
		await expect(await onward()).toHaveText(w('documents_send_go_on'));
		const choosing = async (file: Awaited<ReturnType<typeof photo>>) => {
			const form = await openItem(page, 'hospital_certificate');
			await form.locator('input[multiple]').setInputFiles(file);
			const consent = form.locator('[name=sensitive_consent]');
			if ((await consent.count()) > 0) await consent.check();
		};
		await choosing(await photo('带走的.jpg'));
		await (await onward()).click();
		await expect(page).toHaveURL(/\/plans/);
		await page.goto('/documents');
		await expect(page.locator('#hospital_certificate')).toContainText('带走的.jpg');

		await choosing(await broken('断了的.jpg'));
		await (await onward()).click();
		await expect(page).toHaveURL(/\/documents\?received=1#hospital_certificate/);
		await expect(page.locator('#hospital_certificate')).toContainText(w('file_unreadable'));
		await choosing({ name: '记事.txt', mimeType: 'text/plain', buffer: Buffer.from('no paper') });
		await (await onward()).click();
		await expect(page.locator('#hospital_certificate [role=alert]').first()).toContainText('记事.txt');

		await (await onward()).click();
		await expect(page).toHaveURL(/\/plans/);
	});
});

test.describe('one person', () => {
	const admitSame = admitOne();

	test('after a page is moved the focus is where it was, and what was done is said', async ({ page }) => {
		await admitSame(page);
		await nameReason(page);
		await sendRecords(page);
		await deed(page, '病历一.jpg', 'page_turn').focus();
		await page.keyboard.press('Enter');
		await expect(named(page, '病历一.jpg').locator('[role=status]').first()).toHaveText(w('page_turned'));
		await expect(deed(page, '病历一.jpg', 'page_turn')).toBeFocused();
		await deed(page, '病历一.jpg', 'page_later').focus();
		await page.keyboard.press('Enter');
		await expect(pages(page).first()).toContainText('病历二.jpg');
		// It cannot go any later: the page itself is next.
		await expect(named(page, '病历一.jpg')).toBeFocused();
		await expect(page).toHaveURL(/\/documents$/);
	});

	test('a file chosen before the script arrives stays chosen, and goes on its way with it', async ({ page }) => {
		await admitSame(page);
		const release = await holdScripts(page);
		await page.goto('/documents', { waitUntil: 'commit' });
		const form = await openItem(page, 'hospital_certificate');
		const input = form.locator('input[multiple]');
		await input.setInputFiles(await photo('早选.jpg'));
		const arrived = page.waitForResponse(/documents\.[^/]*\.js$/);
		release();
		await (await arrived).finished();
		await expect(page.locator('html[data-live]')).toBeAttached();
		expect(await input.evaluate((field: HTMLInputElement) => field.files?.[0]?.name)).toBe('早选.jpg');
		await form.getByRole('button', { name: w('documents_send'), exact: true }).click();
		await expect(page.locator('[data-state=received]')).toContainText('早选.jpg');
		await expect(page.locator('#hospital_certificate ol > li')).toHaveCount(1);
		await expect(page).toHaveURL(/\/documents$/);
	});
});

test('a page that an agent asks for again is replaced from the application, with their words beside it', async ({
	page,
}) => {
	await admit(page);
	await nameReason(page);
	await sendRecords(page);
	await choosePlan(page);
	const reference = await submit(page);
	await page.goto('/documents');
	await expect(page).toHaveURL(/\/application/);
	await query(
		`insert into evidence_check (evidence_id, application_id, staff_id, verdict, reason, words)
		 select e.id, a.id, (select id from staff where role = 'agent' limit 1), 'again', 'cut_off', '右下角的章没有拍到'
		 from evidence e join application a on a.id = e.application_id where a.reference = $1 and e.file_name = '病历二.jpg'`,
		[reference],
	);
	await page.goto('/application');
	await page.getByRole('link', { name: w('application_again_link') }).click();
	await expect(pages(page)).toHaveCount(1);
	await expect(pages(page)).toContainText(w('page_again_cut_off'));
	await expect(pages(page)).toContainText('右下角的章没有拍到');
	await replace(page, '病历二.jpg', await photo('重拍.jpg'));
	await expect(page).toHaveURL(/\/application/);
	await expect(page.getByRole('link', { name: w('application_again_link') })).toHaveCount(0);
});
