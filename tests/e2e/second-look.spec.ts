import { expect, type Page, test } from '@playwright/test';
import { admit } from './admit.ts';
import { decide, signInStaff } from './desk.ts';
import { query } from './run-folder.ts';
import { choosePlan, nameReason, openItem, photo, submit } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const NOTE = '超出能力，理由见材料。';

const drawEvery = (percent: number) =>
	query(`update setting set value = jsonb_build_object('percent', $1::integer) where key = 'second_review'`, [percent]);

/** An application with a page that has come and can be opened before it is sent. */
async function applyWithPage(page: Page): Promise<string> {
	await nameReason(page);
	const upload = await openItem(page, 'hospital_certificate');
	await upload.locator('input[multiple]').setInputFiles(await photo('复看.jpg'));
	await upload.locator('[name=sensitive_consent]').check();
	await upload.getByRole('button', { name: w('documents_send'), exact: true }).click();
	const states = () => query(`select state from evidence where file_name = '复看.jpg'`);
	await expect.poll(states, { timeout: 30_000 }).toEqual([{ state: 'ready' }]);
	await choosePlan(page);
	return submit(page);
}

test('a decision that was drawn is looked at blindly by a supervisor, and the overview tells how far two people agree', async ({
	page,
	browser,
	baseURL,
}) => {
	// One-time codes of the staff fit once: each next one is waited for.
	test.setTimeout(180_000);
	await admit(page);
	const reference = await applyWithPage(page);
	const screen = { baseURL: baseURL ?? '', viewport: { width: 1280, height: 800 }, locale: 'zh-CN' };
	const first = await browser.newPage(screen);
	await signInStaff(first, 'lin');
	await query(
		`update review set due_at = '2020-01-01', skill = ''
		where application_id = (select id from application where reference = $1)`,
		[reference],
	);
	await drawEvery(100);
	await decide(first, reference, 'declined');
	await drawEvery(5);
	await first.close();

	const second = await browser.newPage(screen);
	const main = second.locator('main');
	await signInStaff(second, 'fang');
	await second.goto('/desk');
	await second.getByRole('link', { name: reference }).click();
	await expect(main).toContainText(w('second_title').replace('{reference}', reference));
	await expect(main).toContainText('住院两个月，下个月恢复上班。');
	const address = second.url();
	// Before it is answered the case's own page leads here, and says why.
	await second.goto(address.replace(/\/second$/, ''));
	await expect(second).toHaveURL(`${address}?led`);
	await expect(main).toContainText(w('second_led_title'));
	const [decided] = await query<{ words: string; reason: string }>(
		`select d.words, d.reason_code as reason from decision d join application a on a.id = d.application_id
		where a.reference = $1`,
		[reference],
	);
	// The bank's list of reasons stands in the select, and in the data that it is drawn from; it is the same for every case.
	const body = (await (await second.request.get(address)).text())
		.replace(/<select[\s\S]*?<\/select>/, '')
		.replace(/\breasons:\[\{[^\]]*\]/, '');
	for (const told of ['林岚', decided?.words ?? '', decided?.reason ?? '', 'decidedAt', 'staffName']) {
		expect(told).not.toBe('');
		expect(body, told).not.toContain(told);
	}
	const shown = await second.request.get((await main.locator('ul a').first().getAttribute('href')) ?? '');
	expect([shown.status(), shown.headers()['content-type']]).toEqual([200, 'image/jpeg']);

	await main.locator('[name=outcome][value=declined]').check();
	await main.locator('[name=note]').fill(NOTE);
	await main.getByRole('button', { name: w('second_button') }).click();
	await expect(main).toContainText(w('desk_refused_reason_needed'));
	await expect(main.locator('[name=outcome][value=declined]')).toBeChecked();
	await expect(main.locator('[name=note]')).toHaveValue(NOTE);
	await main.locator('select[name=reason]').selectOption('able_to_pay');
	await main.getByRole('button', { name: w('second_button') }).click();
	await expect(main).toContainText(w('second_done'));
	await expect(main).not.toContainText(reference);
	expect((await second.goto(address))?.status()).toBe(404);
	expect((await second.goto(address.replace(/\/second$/, '')))?.status()).toBe(200);
	await expect(main).toContainText(decided?.words ?? '');

	await second.goto('/overview');
	const figure = second.locator('section', { hasText: w('overview_looks_title') });
	await expect(figure).toContainText(
		w('overview_looks_words').replace('{reviewed}', '1').replace('{agreed}', '1').replace('{share}', '100%'),
	);
	const file = await second.request.get((await figure.getByRole('link').getAttribute('href')) ?? '');
	expect(await file.text()).toContain(`${w('overview_looks_agreed')},1,100%`);
	await second.close();

	await page.goto('/application');
	await expect(page.locator('main')).not.toContainText(NOTE);
});
