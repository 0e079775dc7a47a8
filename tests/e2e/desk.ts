import { type Browser, expect, type Page } from '@playwright/test';
import { readStaffCode } from './inbox.ts';
import { query } from './run-folder.ts';
import { words } from './words.ts';

const w = words('zh-CN');

/** The demo's staff, as the start prints them. */
const PASSWORDS: Readonly<Record<string, string>> = {
	lin: 'green-tea-at-nine',
	omar: 'window-by-the-river',
	fang: 'second-pair-of-eyes',
	qiao: 'how-may-we-help-you',
	noor: 'call-back-and-confirm',
	ines: 'rules-are-only-data',
	hai: 'two-keys-for-one-lock',
};

/** How somebody proves at the last step of a decision that it is they; true where that sends the decision as well. */
export type Proof = (page: Page) => Promise<boolean>;

/** Types a fresh code where a decision asks for one; within the bank's minutes of the last it asks for none. */
const byCode: Proof = async (page) => {
	const field = page.locator('[name=confirm_code]');
	const browser = page.context().browser();
	const login = signedIn.get(page);
	if ((await field.count()) === 0 || !browser || login === undefined) return false;
	await field.fill(await readStaffCode(browser, new URL(page.url()).origin, login));
	return false;
};

/** Who signed in on which page. */
const signedIn = new WeakMap<Page, string>();

/** Signs a member of the staff in; a one-time code that was used already is not taken twice, so the next is awaited. `reader` reads the code. */
export async function signInStaff(page: Page, login: string, reader?: Browser): Promise<void> {
	const browser = reader ?? page.context().browser();
	if (!browser) throw new Error('the page has no browser');
	signedIn.set(page, login);
	await page.goto('/staff/sign-in');
	await page.locator('[name=login]').fill(login);
	await page.locator('[name=password]').fill(PASSWORDS[login] ?? '');
	await page.locator('[name=code]').fill(await readStaffCode(browser, new URL(page.url()).origin, login));
	await page.locator('main form button').first().click();
	await expect(page).not.toHaveURL(/sign-in/);
}

/** Takes applications until the one with this reference is in hand, and decides it; those that came first are declined. */
export async function decide(
	page: Page,
	reference: string,
	outcome: 'approved' | 'declined',
	proof: Proof = byCode,
): Promise<void> {
	for (let taken = ''; taken !== reference;) {
		await page.goto('/desk');
		await page.getByRole('button', { name: w('desk_take_next') }).click();
		await expect(page).toHaveURL(/\/desk\/[0-9a-f-]{36}/);
		taken = (await page.locator('article').innerText()).match(/A-\d+/)?.[0] ?? '';
		await decideInHand(page, taken === reference ? outcome : 'declined', proof);
		await expect(page.locator('body')).toContainText(taken);
	}
}

/** The two steps of a decision on the case that is open. */
async function decideInHand(page: Page, outcome: 'approved' | 'declined', proof: Proof): Promise<void> {
	for (const check of await page.locator('[name=checked]').all()) await check.check();
	await page.locator(`[name=outcome][value=${outcome}]`).check();
	if (outcome === 'declined') await page.locator('select[name=reason]').selectOption({ index: 1 });
	await page.getByRole('button', { name: w('desk_continue') }).click();
	const confirm = outcome === 'approved' ? 'desk_confirm_approve_button' : 'desk_confirm_decline_button';
	if (!(await proof(page))) await page.getByRole('button', { name: w(confirm) }).click();
	await expect(page).not.toHaveURL(/\/desk\/[0-9a-f-]{36}/);
}

/** Puts down what lin has in hand and makes the case the most overdue of all and nobody's yet: "take next" gives it to her. */
export async function takeFirst(desk: Page, reference: string): Promise<void> {
	await query(
		`update review set lease_expires_at = null
		 where closed_at is null and staff_id = (select id from staff where login = 'lin')`,
	);
	const moved = await query(
		`update review set due_at = '2020-01-01', skill = '', staff_id = null
		 where application_id = (select id from application where reference = $1) returning application_id`,
		[reference],
	);
	expect(moved).toHaveLength(1);
	await desk.goto('/desk');
	await desk.getByRole('button', { name: w('desk_take_next') }).click();
	await expect(desk.locator('article')).toContainText(reference);
}

/** Whether a page is wider than its screen. */
export async function isWide(page: Page): Promise<boolean> {
	return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/** Draws a decision in which this member of staff had no part for a second look; returns the id of its application. */
export async function drawSecondLook(login: string): Promise<string> {
	const [drawn] = await query<{ id: string }>(
		`insert into second_review (application_id, decision_id, drawn_at)
			select d.application_id, d.id, now() from decision d join review r on r.application_id = d.application_id
			where r.closed_at is not null and not exists (select from second_review x where x.decision_id = d.id)
			and not exists (select from staff s
				where s.login = $1 and s.id in (d.staff_id, d.first_staff_id))
			order by d.decided_at limit 1
		returning application_id as id`,
		[login],
	);
	if (!drawn) throw new Error('no decision is left to be drawn');
	return drawn.id;
}
