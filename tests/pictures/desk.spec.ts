import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { admit } from '../e2e/admit.ts';
import { drawSecondLook, takeFirst } from '../e2e/desk.ts';
import { query } from '../e2e/run-folder.ts';
import { apply } from '../e2e/trip.ts';
import { words } from '../e2e/words.ts';
import { take, takeAll } from './album.ts';
import { withoutTable } from '../e2e/without-table.ts';
import { enterStaff } from '../e2e/enter.ts';

/** As far as the second step of a decision, in whatever language the page is. */
async function fill(page: Page, locale: string, outcome: string, prepare?: () => Promise<unknown>): Promise<void> {
	for (const check of await page.locator('[name=checked]').all()) await check.check();
	await page.locator(`[name=outcome][value=${outcome}]`).check();
	await prepare?.();
	await page.getByRole('button', { name: words(locale)('desk_continue') }).click();
	await expect(page.locator('[name=confirm_code]')).toBeVisible();
}

/** Somebody is told by their device, as the case's history says. */
async function tellDevice(address: string): Promise<void> {
	await query(
		`with told as (
			insert into outbox_message (cardholder_id, account_id, template, locale, status, not_before, created_at, handed_over_at)
			select cardholder_id, account_id, 'page_again', 'zh-CN', 'handed_over', now(), now(), now()
			from application where id = $1 returning id, cardholder_id, template)
		insert into contact_log (outbox_message_id, cardholder_id, channel, template, just_asked_for, contacted_on)
			select id, cardholder_id, 'push', template, false, current_date from told`,
		[address.split('/').at(-1)],
	);
}

test.use({ viewport: { width: 1280, height: 800 } });

test('the queue, and a case with everything', async ({ page, browser, baseURL }) => {
	const cardholder = await browser.newPage({ baseURL: baseURL ?? '', locale: 'zh-CN' });
	await admit(cardholder);
	const reference = await apply(cardholder);
	await cardholder.close();
	await enterStaff(page, 'lin');
	await takeAll(page, 'desk', { queue: '/desk', 'queue-done': `/desk?done=approved&case=${reference}` });
	await takeFirst(page, reference);
	const address = new URL(page.url()).pathname;
	await page.screenshot({ path: join(import.meta.dirname, 'desk.png') });
	await takeAll(page, 'desk', { case: address });
	const come = (outcome: string, prepare?: () => Promise<unknown>) => async (locale: string) => {
		await page.goto(address, { waitUntil: 'load' });
		await fill(page, locale, outcome, prepare);
	};
	await take(page, 'desk', 'case-unchecked', async (locale) => {
		await page.goto(address);
		await page.locator('[name=outcome][value=approved]').check();
		await page.getByRole('button', { name: words(locale)('desk_continue') }).click();
		await expect(page.locator('#decision .notice')).toBeVisible();
	});
	await take(page, 'desk', 'case-approve', come('approved'));
	await take(
		page,
		'desk',
		'case-decline',
		come('declined', () => page.locator('select[name=reason]').selectOption('able_to_pay')),
	);
	const offer = page.locator('[name=offer_instalments]');
	await take(
		page,
		'desk',
		'case-offer',
		come('counter_offered', () => offer.selectOption({ index: 0 })),
	);
	await take(
		page,
		'desk',
		'case-ask-more',
		come('more_requested', () => page.locator('input[name^=ask_words_]').last().fill('您预计什么时候可以恢复工作？')),
	);
	await tellDevice(address);
	await take(page, 'desk', 'case-contact', async () => {
		await page.goto(address);
		await expect(page.locator('#contact li').first()).toBeVisible();
		await page.locator('#contact').scrollIntoViewIfNeeded();
	});
	await take(page, 'desk', 'case-unsent', async (locale) => {
		await page.goto(address);
		await page.locator('[name=note]').fill('与单位核实过，工资确已减半。');
		await page.locator('[name=outcome][value=approved]').check();
		await withoutTable('staff_session', () =>
			page.getByRole('button', { name: words(locale)('desk_continue') }).click(),
		);
		await expect(page.locator('p.words')).toBeVisible();
	});
	await query(
		`update review set staff_id = (select id from staff where login = 'omar'), fence = fence + 1,
			lease_expires_at = now() + interval '10 minutes' where application_id = $1`,
		[address.split('/').at(-1)],
	);
	await takeAll(page, 'desk', { 'case-of-another': address });
});

test('what a supervisor sees: a second decision, and a second look', async ({ page }) => {
	await enterStaff(page, 'fang');
	const [first] = await query<{
		id: string;
	}>(`select a.id from application a join cardholder c on c.id = a.cardholder_id
		where c.name = '冯国栋' and a.status not in ('draft', 'withdrawn')`);
	const drawn = await drawSecondLook('fang');
	await takeAll(page, 'desk', {
		'queue-supervisor': '/desk',
		'case-second-decision': `/desk/${first?.id ?? ''}`,
		'second-look': `/desk/${drawn}/second`,
		'case-not-found': '/desk/00000000-0000-4000-8000-000000000000',
	});
});

test('an empty queue', async ({ page }) => {
	await query(`alter table review disable trigger user; update review set closed_at = now() where closed_at is null;
		alter table review enable trigger user`);
	await enterStaff(page, 'lin');
	await takeAll(page, 'desk', { 'queue-empty': '/desk', 'queue-nothing': '/desk?nothing' });
});
