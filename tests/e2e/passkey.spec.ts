import { expect, test } from '@playwright/test';
import { decide, type Proof, signInStaff } from './desk.ts';
import { readStaffCode } from './inbox.ts';
import { startNamed, withDevice } from './named-server.ts';
import { apply, personAt, signIn } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

let server: Awaited<ReturnType<typeof startNamed>>;
let origin = '';

test.beforeAll(async () => {
	test.setTimeout(240_000);
	server = await startNamed();
	({ origin } = server);
});
test.afterAll(() => server.stop());

test('a cardholder sets a passkey up, signs in with it, and removes it', async ({ browser }) => {
	test.slow();
	const page = await browser.newPage({ baseURL: origin });
	await withDevice(page);
	await signIn(page, await personAt(page, 1));
	await page.getByRole('link', { name: w('passkey_offer_go') }).click();
	await expect(page).toHaveURL(/\/security$/);
	await page.getByRole('button', { name: w('passkey_add') }).click();
	await expect(page.getByRole('status').filter({ hasText: w('passkey_added') })).toBeVisible();
	await page.goto('/debt');
	await expect(page.getByText(w('passkey_offer_title'))).toHaveCount(0);

	await page
		.getByRole('button', { name: w('common_sign_out') })
		.first()
		.click();
	await expect(page).toHaveURL(/signed-out/);
	await page.goto('/sign-in');
	await page.getByRole('button', { name: w('passkey_use') }).click();
	await expect(page).toHaveURL(/\/debt$/);

	await page.goto('/security');
	await page.getByRole('link', { name: w('passkey_remove') }).click();
	await page.getByRole('button', { name: w('passkey_remove_button') }).click();
	await expect(page.getByRole('status').filter({ hasText: w('passkey_removed') })).toBeVisible();
	await page
		.getByRole('button', { name: w('common_sign_out') })
		.first()
		.click();
	await page.goto('/sign-in');
	await page.getByRole('button', { name: w('passkey_use') }).click();
	await expect(page).toHaveURL(/\/sign-in\/passkey/);
	await expect(page.locator('main')).toContainText(w('passkey_not_taken'));
	await page.close();
});

test('somebody of the staff sets a passkey up, signs in with it, and decides with it', async ({ browser }) => {
	test.slow();
	const person = await browser.newPage({ baseURL: origin });
	await signIn(person, await personAt(person, 2));
	const reference = await apply(person);
	await person.close();

	const page = await browser.newPage({ baseURL: origin, viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
	await withDevice(page);
	await signInStaff(page, 'lin');
	await page.goto('/staff/security');
	await page.locator('[name=confirm_code]').fill(await readStaffCode(browser, origin, 'lin'));
	await page.getByRole('button', { name: w('confirm_button'), exact: true }).click();
	await page.getByRole('button', { name: w('passkey_add') }).click();
	await expect(page.getByRole('status').filter({ hasText: w('passkey_added') })).toBeVisible();
	await page
		.getByRole('button', { name: w('common_sign_out') })
		.first()
		.click();

	await page.goto('/staff/sign-in');
	await page.getByRole('button', { name: w('passkey_use') }).click();
	await expect(page).toHaveURL(/\/desk$/);
	let asked = 0;
	const byPasskey: Proof = async () => {
		// The button is there once the script has come.
		await expect(page.locator('html[data-passkeys]')).toBeAttached();
		const button = page.getByRole('button', { name: w('confirm_passkey') });
		if ((await button.count()) === 0) return false;
		asked += 1;
		await button.click();
		return true;
	};
	await decide(page, reference, 'approved', byPasskey);
	expect(asked).toBeGreaterThan(0);
	await page.close();
});
