import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { admit } from './admit.ts';
import { violations } from './axe.ts';
import { reflowFaults, SCREENS, showOn } from './look-reflow.ts';
import { type State, walk } from './looks.ts';
import { idOf, signInWithOffer, stage, unstage, whileUnsigned } from './staged.ts';
import { choosePlan, nameReason, personAt, submit } from './trip.ts';

/** Sends a form as it stands, by the keyboard: with whatever is missing. */
async function sendAsItIs(page: Page, path: string, button = 'main form button'): Promise<void> {
	await page.goto(path);
	await page.locator(button).last().press('Enter');
}

/** Shows what a script shows where the browser can do it. */
async function withDevice(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await page.evaluate(() => Object.assign(document.documentElement.dataset, { pushReady: '', passkeys: '' }));
}

const at = (name: string, arrive: () => Promise<void>, hasErrors = false): State => ({ name, arrive, hasErrors });

test('before signing in, each error, each end of a session and each page that is not there is told to everybody', async ({
	page,
}) => {
	test.slow();
	const person = await personAt(page, 6);
	const go = (path: string) => at(path, async () => void (await page.goto(path)));
	await walk(page, [
		at('signing in with nothing', () => sendAsItIs(page, '/sign-in', 'main form[novalidate] button'), true),
		at('signing in by a device', () => withDevice(page, '/sign-in/passkey')),
		...['/sign-in?ended=kept', '/?signed-out', '/no-such-page', '/l/silenced'].map(go),
	]);
	await page.goto('/sign-in');
	await page.locator('[name=phone]').fill(person.phone);
	await page.locator('[name=card_last4]').fill(person.cardLast4);
	await page.locator('main form button').first().click();
	await expect(page).toHaveURL(/\/sign-in\/code/);
	await walk(page, [
		'/sign-in/code',
		at('no code', () => sendAsItIs(page, '/sign-in/code', 'button:not([formaction]).wide'), true),
		go('/help'),
	]);
});

test('each error and each state of a draft is told to everybody', async ({ page }) => {
	test.slow();
	await admit(page);
	await walk(page, [
		at('a debt with an offer', () => withDevice(page, '/debt')),
		at('devices', () => withDevice(page, '/security')),
		at(
			'a situation that cannot be read',
			async () => {
				await page.goto('/hardship');
				await page.locator('main input[inputmode=decimal]').first().fill('abc');
				await page.locator('#hardship-form button.primary').press('Enter');
				await expect(page.locator('#reason-error')).toBeVisible();
			},
			true,
		),
		at('nothing to resume', async () => void (await page.goto('/resume'))),
	]);
	await nameReason(page);
	await walk(page, [
		at('a photograph that was not chosen', async () => {
			await page.goto('/documents');
			await page.locator('details[id] > summary').first().press('Enter');
			await page.locator('form[data-upload] [name=sensitive_consent]').first().check();
			await page.locator('form[data-upload] button').first().press('Enter');
		}),
		at('a sum that cannot be read', async () => void (await page.goto('/plans?monthly=abc&first=2020-01-01'))),
		at('nothing to check yet', async () => void (await page.goto('/check'))),
	]);
	await page.goto('/documents');
	await choosePlan(page);
	await walk(page, [
		at('no consent', () => sendAsItIs(page, '/check', 'main form button'), true),
		at('a plan that was chosen', async () => void (await page.goto('/plans'))),
		at('the draft', async () => void (await page.goto('/application'))),
	]);
});

test('each answer to an application, and the end of a session, is told to everybody', async ({ page }) => {
	test.slow();
	await admit(page);
	await nameReason(page);
	await choosePlan(page);
	const id = await idOf(await submit(page));
	const application = at('the application', () => withDevice(page, '/application'));
	await walk(page, [application]);
	try {
		await stage(id, 'more_requested');
		await walk(page, [
			application,
			at(
				'an answer that is too long',
				async () => {
					await page.goto('/application');
					await page.locator('[name=answer_1]').evaluate((field: HTMLTextAreaElement) => {
						field.removeAttribute('maxlength');
						field.value = '长'.repeat(4_000);
					});
					await page.locator('#asked button.primary').press('Enter');
					await expect(page.locator('#answer_1-error')).toBeVisible();
				},
				true,
			),
		]);
		await stage(id, 'counter_offered');
		await walk(page, [application]);
		await stage(id, 'declined');
		await walk(page, [
			application,
			at('an objection without words', () => sendAsItIs(page, '/application', '[action*=object] button'), true),
		]);
	} finally {
		await unstage(id);
	}
	await walk(page, [
		application,
		at('a question whether one is there', async () => {
			await page.goto('/application');
			await page.waitForLoadState('networkidle');
			await page.evaluate(() => {
				document.cookie = `session-ends=${String(Date.now() + 90_000)}.${String(Date.now() + 3_600_000)}; path=/`;
				document.dispatchEvent(new Event('visibilitychange'));
			});
			await expect(page.getByRole('alertdialog')).toBeVisible();
		}),
	]);
});

test('an agreement to be signed, and what is wrong with a signature, is told to everybody', async ({ page }) => {
	test.slow();
	const id = await signInWithOffer(page);
	await whileUnsigned(id, () =>
		walk(
			page,
			['/agreement', '/application', '/debt'].map((path) =>
				at(`${path} after the signing day`, async () => void (await page.goto(path))),
			),
		),
	);
	const button = '#sign button.primary';
	await walk(page, ['/agreement', '/application', '/debt']);
	await walk(page, [at('a signature without consent', () => sendAsItIs(page, '/agreement', button), true)]);
	/** Ticks everything and goes on: to the code, or to what is wrong with it. */
	const goOn = async () => {
		for (const consent of ['terms', 'no_new_card', 'data_use']) await page.locator(`[name=consent_${consent}]`).check();
		const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
		await page.locator('#sign button.primary').press('Enter');
		await answered;
		await expect(page.locator('[name=code]')).toBeVisible();
	};
	await walk(page, [
		at(
			'a signature without a code',
			async () => {
				await page.goto('/agreement');
				await goOn();
				// What is signed is another paper in each language, and asks for a code of its own.
				if ((await page.locator('#code-error').count()) === 0) await goOn();
				await expect(page.locator('#code-error')).toBeVisible();
			},
			true,
		),
	]);
});

test('the page for when no page can be made is for everybody', async ({ page }) => {
	const html = readFileSync(join(import.meta.dirname, '../../src/error.html'), 'utf8');
	await page.route('**/broken', (route) => route.fulfill({ status: 503, contentType: 'text/html', body: html }));
	await page.goto('/');
	await page.goto('/broken');
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		expect(await violations(page), colorScheme).toEqual([]);
	}
	for (const screen of SCREENS) {
		await showOn(page, screen);
		expect(await reflowFaults(page), screen.name).toEqual([]);
	}
});
