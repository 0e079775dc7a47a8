import { createHash, randomBytes } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { query } from './run-folder.ts';
import { choosePlan, nameReason, openItem, photo, submit } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

const item = (page: Page) => page.locator('details#medical_record');
const pages = (page: Page) => item(page).locator('ol > li');
const named = (page: Page, name: string) => pages(page).filter({ hasText: name });
const deed = (page: Page, name: string, key: string) =>
	named(page, name).locator(`[aria-label="${w(key)}：${name}"], [aria-label="${w(key)} ${name}"]`);

/** Signs in somebody who has not paid for months and whom no other test meets: by a session of theirs, past the door. */
async function admit(page: Page): Promise<void> {
	const token = randomBytes(32).toString('base64url');
	const admitted = await query(
		`insert into cardholder_session (id, cardholder_id, account_id, expires_at)
		 select $1, a.cardholder_id, a.id, now() + interval '1 hour' from account a
		 where not exists (select from application p where p.account_id = a.id)
			and not exists (select from outbox_message o where o.cardholder_id = a.cardholder_id)
			and not exists (select from cardholder_session s where s.cardholder_id = a.cardholder_id)
			and not exists (select from posting p where p.account_id = a.id and p.kind = 'payment' and p.posted_on > now() - interval '75 days')
			and exists (select from statement s where s.account_id = a.id and s.due_date < now() - interval '40 days' and s.minimum_payment_due > 0)
		 order by a.id limit 1 returning id`,
		[createHash('sha256').update(token).digest('hex')],
	);
	expect(admitted).toHaveLength(1);
	await page.goto('/');
	const url = new URL(page.url()).origin;
	await page.context().addCookies([{ name: 'session', value: token, url }]);
}

/** A photo that breaks off. */
async function broken(name: string) {
	const { buffer, ...file } = await photo(name);
	return { ...file, buffer: Buffer.concat([buffer.subarray(0, 600), Buffer.alloc(2_000, 7)]) };
}

async function sendRecords(page: Page): Promise<void> {
	const form = await openItem(page, 'medical_record');
	await form.locator('input[multiple]').setInputFiles([await photo('病历一.jpg'), await photo('病历二.jpg')]);
	await form.locator('[name=sensitive_consent]').check();
	await form.getByRole('button', { name: w('documents_send') }).click();
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
	await details.getByRole('button', { name: w('documents_send') }).click();
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
	await expect(pages(page)).toContainText(w('again_cut_off'));
	await expect(pages(page)).toContainText('右下角的章没有拍到');
	await replace(page, '病历二.jpg', await photo('重拍.jpg'));
	await expect(page).toHaveURL(/\/application/);
	await expect(page.getByRole('link', { name: w('application_again_link') })).toHaveCount(0);
});
