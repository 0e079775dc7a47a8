import { expect, type Page, test } from '@playwright/test';
import { choose, inState, letter, paper, toDocuments } from './capture.ts';
import { query } from './run-folder.ts';
import { openItem } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

/** The sizes in bytes in which uploads are announced from now on. */
function announced(page: Page): number[] {
	const sizes: number[] = [];
	page.on('request', (request) => {
		if (request.method() === 'POST' && request.url().endsWith('/upload'))
			sizes.push(Number(request.headers()['upload-length']));
	});
	return sizes;
}

test('a large sharp photo is made smaller before it is sent, and gets a receipt with the time', async ({ page }) => {
	await toDocuments(page, page, 7);
	const sizes = announced(page);
	const photo = await letter('sharp.jpg');
	await choose(page, [photo]);
	await expect(inState(page, 'received')).toContainText(/\d\d:\d\d 已收到/);
	expect(sizes).toHaveLength(1);
	expect(sizes[0]).toBeLessThan(photo.buffer.length * 0.8);
	await expect(page.locator('#reason a[href^="/documents/"]').first()).toBeVisible();
});

test('each defect is told in words, nothing goes before the person says so, and it may go all the same', async ({
	page,
}) => {
	await toDocuments(page, page, 7);
	const sizes = announced(page);
	const blurred = await letter('blurred.jpg', { blur: 14 });
	const dark = await letter('dark.jpg', { light: 0.25 });
	const small = await letter('small.jpg', { width: 580 });
	await choose(page, [blurred, dark, small]);
	for (const [name, advice] of [
		['blurred.jpg', 'capture_too_blurred'],
		['dark.jpg', 'capture_too_dark'],
		['small.jpg', 'capture_too_small'],
	] as const) {
		await expect(inState(page, 'advised').filter({ hasText: name })).toContainText(w(advice));
	}
	expect(sizes).toEqual([]);
	const chooser = page.waitForEvent('filechooser');
	const first = inState(page, 'advised').filter({ hasText: 'blurred.jpg' });
	await first.getByRole('button', { name: w('capture_another') }).click();
	await chooser;
	await expect(first).toHaveCount(0);
	// What was advised against survives a reload too, and is still not sent.
	await page.reload();
	await expect(inState(page, 'advised')).toHaveCount(2);
	expect(sizes).toEqual([]);
	const second = inState(page, 'advised').filter({ hasText: 'dark.jpg' });
	await second.getByRole('button', { name: w('capture_send_anyway') }).click();
	await expect(inState(page, 'received')).toContainText('dark.jpg');
	expect(sizes).toHaveLength(1);
});

test('what the browser cannot decode is sent as it is', async ({ page }) => {
	await toDocuments(page, page, 7);
	const sizes = announced(page);
	const pdf = paper('original.pdf', 300_000, 17);
	await choose(page, [pdf, { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') }]);
	await expect(inState(page, 'received')).toContainText('original.pdf');
	await expect(inState(page, 'refused')).toContainText('broken.jpg');
	expect(sizes).toEqual([pdf.buffer.length, 17]);
	expect(await query('select 1 from evidence where file_name = $1', ['broken.jpg'])).toEqual([]);
});

test('in a browser without workers and without a database of ours the original is sent all the same', async ({
	page,
}) => {
	await page.addInitScript(() => {
		for (const name of ['indexedDB', 'Worker', 'OffscreenCanvas']) {
			Object.defineProperty(window, name, { value: undefined });
		}
	});
	await toDocuments(page, page, 7);
	const sizes = announced(page);
	const photo = await letter('old phone.jpg');
	await choose(page, [photo]);
	await expect(inState(page, 'received')).toContainText('old phone.jpg');
	expect(sizes).toEqual([photo.buffer.length]);
});

test('who was signed out meanwhile is told so, and what was chosen goes on after signing in', async ({ page }) => {
	await toDocuments(page, page, 7);
	const cookies = await page.context().cookies();
	await page.context().clearCookies({ name: 'session' });
	await choose(page, [paper('later.pdf', 200_000, 19)]);
	await expect(inState(page, 'signed_out')).toContainText(w('capture_signed_out'));
	await page.context().addCookies(cookies);
	await page.reload();
	await expect(inState(page, 'received')).toContainText('later.pdf');
});

test('a refusal is told in the server’s words, and not tried again', async ({ page }) => {
	await toDocuments(page, page, 7);
	const sizes = announced(page);
	await choose(page, [paper('too large.pdf', 16_000_000, 23)]);
	await expect(inState(page, 'refused')).toContainText(w('file_too_large'), { timeout: 30_000 });
	await page.reload();
	await expect(page.locator('#reason')).toBeVisible();
	await expect(page.locator('[data-state]')).toHaveCount(0);
	expect(sizes).toHaveLength(1);
});

test('whoever goes on with a file chosen and not sent is told so, and takes it along or leaves it', async ({
	page,
}) => {
	await toDocuments(page, page, 7);
	const onward = page.getByRole('link', { name: w('documents_go_on') });
	const choosing = async (name: string) => {
		const form = await openItem(page, 'end_of_employment_letter');
		await form.locator('input[multiple]').setInputFiles(await letter(name));
	};
	await choosing('taken-along.jpg');
	await onward.click();
	await expect(page.locator('[data-onward]')).toContainText(w('documents_chosen'));
	await page.getByRole('button', { name: w('documents_send_go_on') }).click();
	await expect(page).toHaveURL(/\/plans/);
	await page.goto('/documents');
	await expect(page.locator('html[data-live]')).toBeAttached();
	await expect(page.locator('#reason')).toContainText('taken-along.jpg');

	await choosing('left-behind.jpg');
	await onward.click();
	await expect(page).toHaveURL(/\/documents/);
	await onward.click();
	await expect(page).toHaveURL(/\/plans/);
	await page.goto('/documents');
	await expect(page.locator('#reason')).not.toContainText('left-behind.jpg');
});

test('whoever goes on with a file that waits for their word is led to it first', async ({ page }) => {
	await toDocuments(page, page, 7);
	const form = await openItem(page, 'end_of_employment_letter');
	await form.locator('input[multiple]').setInputFiles(await letter('blurred-again.jpg', { blur: 14 }));
	await page.getByRole('link', { name: w('documents_go_on') }).click();
	await page.getByRole('button', { name: w('documents_send_go_on') }).click();
	await expect(inState(page, 'advised').getByRole('button').first()).toBeFocused();
	await expect(page).toHaveURL(/\/documents/);
	await inState(page, 'advised')
		.getByRole('button', { name: w('capture_send_anyway') })
		.click();
	await expect(inState(page, 'received')).toContainText('blurred-again.jpg');
});
