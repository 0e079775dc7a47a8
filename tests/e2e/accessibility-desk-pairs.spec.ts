import { expect, type Page, test } from '@playwright/test';
import { enterStaff } from './enter.ts';
import { type State, walk } from './looks.ts';
import { addColleague, askNewNumber, propose, takeBack } from './pairs.ts';

test.use({ viewport: { width: 1280, height: 800 } });

const state = (name: string, arrive: () => Promise<unknown>, hasErrors = false): State => ({
	name,
	hasErrors,
	arrive: async () => void (await arrive()),
});

/** Presses a button of a page by the keyboard. */
async function press(page: Page, path: string, button: string): Promise<void> {
	await page.goto(path);
	await page.locator(button).first().press('Enter');
}

test('a colleague who is added, and how they enrol, is for everybody', async ({ page }) => {
	test.slow();
	const link = await addColleague(page, 'mei-yu');
	await walk(page, [link], 'desk');
	await walk(
		page,
		[
			state('a password that is too short', () => press(page, link, 'form[action*=app] button'), true),
			state(
				'another password the second time',
				async () => {
					await page.goto(link);
					await page.locator('[name=password]').fill('a-long-enough-sentence');
					await page.locator('form[action*=app] button').first().press('Enter');
					await expect(page.locator('#again-error')).toBeVisible();
				},
				true,
			),
			state('an end', () => page.goto('/staff/enrol/AAAAAAAAAAAAAAAAAAAAAA')),
		],
		'desk',
	);
	const row = page.locator('tr', { hasText: 'mei-yu' });
	await walk(
		page,
		[
			state('another link', async () => {
				await page.goto('/admin');
				await row.locator('form[action*=renew] button').press('Enter');
				await expect(page.locator('.link')).toBeVisible();
			}),
		],
		'desk',
	);
	await walk(
		page,
		[
			state('one who is gone', async () => {
				await page.goto('/admin');
				const button = row.locator('form[action*=disable] button');
				if ((await button.count()) > 0) await button.press('Enter');
			}),
		],
		'desk',
	);
	await page.context().clearCookies({ name: 'staff-session' });
	await walk(
		page,
		[
			state('enrolled', () => page.goto('/staff/sign-in?enrolled')),
			state('signing in with nothing', () => press(page, '/staff/sign-in', 'form[novalidate] button'), true),
		],
		'desk',
	);
});

test('a product that one proposes and another answers is for everybody', async ({ page }) => {
	test.slow();
	const proposal = await propose(page, 'deferral');
	try {
		await walk(page, [state('one’s own proposal', () => page.goto(`${proposal}?sent`))], 'desk');
		await enterStaff(page, 'ines');
		await walk(page, [proposal, '/admin/products'], 'desk');
		const refuse = () => press(page, proposal, '[formaction*=reject]');
		await walk(page, [state('a refusal without a word', refuse, true)], 'desk');
		await page.goto(proposal);
		await page.locator('[name=note]').fill('请保留原来的名称。');
		await page.locator('[formaction*=reject]').press('Enter');
		await page.waitForURL(/answered/);
		await walk(page, [state('an answered proposal', () => page.goto(`${proposal}?answered`))], 'desk');
	} finally {
		await takeBack(proposal);
	}
});

test('a number that one asks to change and another confirms is for everybody', async ({ page }) => {
	test.slow();
	const { person, lastFour } = await askNewNumber(page);
	const confirm = `${person}/confirm-number`;
	const go = (path: string) => state(path, () => page.goto(path));
	await walk(page, ['/support', person, confirm].map(go), 'desk');
	await enterStaff(page, 'noor');
	await walk(page, [confirm], 'desk');
	await walk(page, [go('/support'), state('no digits', () => press(page, confirm, '.page form button'), true)], 'desk');
	await page.goto(confirm);
	await page.locator('[name=last_four]').fill(lastFour);
	await page.locator('form[action*=confirm] button').press('Enter');
	await page.waitForURL(/confirmed/);
	await walk(page, [`${confirm}?confirmed`, `${confirm}?ended`, confirm, person].map(go), 'desk');
});
