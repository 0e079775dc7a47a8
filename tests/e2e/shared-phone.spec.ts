import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { findOnDisk } from '../support/find-on-disk.ts';
import { signInStaff } from './desk.ts';
import { awaitMessage } from './inbox.ts';
import { lookFor, openProfile } from './shared-profile.ts';
import { personAt } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');
let folder: string;

test.beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'portal-profile-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what a profile’s folder hides is found: plain, wide, packed, in a cache entry', () => {
	const marker = 'heron-7391-白鹭';
	const head = Buffer.concat([
		Buffer.from('305c72a71b6dfbfc', 'hex'),
		Buffer.from([5, 0, 0, 0, 3, 0, 0, 0]),
		Buffer.alloc(8),
	]);
	const files = {
		plain: Buffer.from(`xx${marker}yy`),
		wide: Buffer.from(`xx${marker}yy`, 'utf16le'),
		packed: Buffer.concat([Buffer.from('head'), gzipSync(marker)]),
		entry: Buffer.concat([head, Buffer.from('key'), brotliCompressSync(Buffer.from(marker)), Buffer.from('rest')]),
	};
	mkdirSync(join(folder, 'deep'));
	for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, 'deep', name), bytes);
	writeFileSync(join(folder, 'other'), 'nothing');
	writeFileSync(
		join(folder, 'LOG'),
		'2026/11/29-02:58:48.213571 1a2b Reusing MANIFEST\n2026/11/29-02:58:48.213599 1a2b 4821.57',
	);
	expect(findOnDisk(folder, marker).sort()).toEqual(
		Object.keys(files)
			.map((name) => join(folder, 'deep', name))
			.sort(),
	);
	expect(findOnDisk(folder, '8.2135'), 'the time of a line is no word of anybody').toEqual([]);
	expect(findOnDisk(folder, '4821.57')).toEqual([join(folder, 'LOG')]);
});

test('after signing out on a shared phone nothing of the person is on its screen or its disk', async ({
	page: desk,
	baseURL,
}) => {
	test.slow();
	const person = await personAt(desk, 1);
	const marker = '摆渡heron-73915-kQz';
	const wages = '48213.57';
	const phone = await openProfile(folder, baseURL ?? '');
	const page = phone.pages()[0] ?? (await phone.newPage());
	await page.goto(person.link ?? '');
	await page.locator('main form button').first().click();
	await expect(page).toHaveURL(/\/sign-in\/code/);
	const { text } = await awaitMessage(desk, person.phone, /(?<!\d)\d{6}(?!\d)/);
	await page.locator('[name=code]').fill(/(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1] ?? '');
	await page.locator('[name=id_last4]').fill(person.idLast4);
	await page.locator('form[action="?/enter"] button').first().click();
	await expect(page).toHaveURL(/\/debt$/);
	const owed = (await page.locator('.hero').first().innerText()).match(/[\d,]+\.\d\d/)?.[0] ?? '';
	expect(owed).not.toBe('');
	await page.goto('/hardship');
	await page.locator('[name=reason][value=unemployment]').check();
	await page.locator('[name=circumstances]').fill(marker);
	await page.locator('[name=wages]').fill(wages);
	await expect(page.getByText(w('hardship_kept'))).toBeVisible();
	await page.getByRole('button', { name: w('hardship_save') }).click();
	await expect(page).toHaveURL(/\/documents/);
	await page.goto('/plans?monthly=1500');
	await page.goto('/hardship');
	await expect(page.locator('[name=circumstances]')).toHaveValue(marker);
	await page.goto('/debt');
	const token = (await phone.cookies()).find(({ name }) => name === 'session')?.value ?? '';

	await page
		.getByRole('button', { name: w('common_sign_out') })
		.first()
		.click();
	await expect(page).toHaveURL(/signed-out/);
	const markers = [marker, wages, owed];
	await lookFor(page, markers, ['/debt', '/hardship', '/plans?monthly=1500', '/check', '/hardship/__data.json']);
	await phone.close();
	for (const secret of [marker, wages, owed, token, person.phone, person.idLast4 + person.phone]) {
		expect(findOnDisk(folder, secret), secret).toEqual([]);
	}
});

test('after a member of staff signs out nothing of a case or a search is left either', async ({
	page: other,
	browser,
	baseURL,
}) => {
	test.slow();
	const person = await personAt(other, 4);
	const shared = await openProfile(folder, baseURL ?? '');
	const page = shared.pages()[0] ?? (await shared.newPage());
	await page.goto('/staff/sign-in');
	await signInStaff(page, 'qiao', browser);
	await page.locator('[name=search]').fill(person.phone);
	await page.getByRole('button', { name: w('support_search_button') }).click();
	await expect(page).toHaveURL(/\/support\/./);
	const name = (await page.locator('main h1').first().innerText()).trim();
	const address = new URL(page.url()).pathname;
	await page
		.getByRole('button', { name: w('common_sign_out') })
		.first()
		.click();
	await expect(page).toHaveURL(/\/staff\/sign-in/);
	await lookFor(page, [name, person.phone], ['/support', address]);
	await shared.close();
	for (const secret of [person.phone]) expect(findOnDisk(folder, secret), secret).toEqual([]);
});
