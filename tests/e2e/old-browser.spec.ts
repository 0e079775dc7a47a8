import { expect, test } from '@playwright/test';
import { newcomer } from './admit.ts';
import { violations } from './axe.ts';
import { reflowFaults } from './look-reflow.ts';
import { faultsOf, rob } from './rob.ts';
import { choosePlan, nameReason, openItem, photo, signIn, submit } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test('in an old browser of a messenger, robbed of all that is young or switched off, the whole trip is made without an error', async ({
	page,
	context,
}) => {
	test.slow();
	const person = await newcomer(page);
	await rob(context);
	const faults = faultsOf(page);
	const expectReadable = async () => {
		// What a page is led to by an answer keeps its style sheets; read anew it has what such a browser understands of them.
		await page.reload();
		await page.waitForLoadState('networkidle');
		expect(faults).toEqual([]);
		expect.soft(await reflowFaults(page), page.url()).toEqual([]);
		if (process.env.LOOK)
			await page.screenshot({
				path: `/tmp/old-${new URL(page.url()).pathname.replace(/\W/g, '')}.png`,
				fullPage: true,
			});
	};
	await signIn(page, person);
	await expectReadable();
	await page.goto('/debt/ahead');
	await expectReadable();
	await nameReason(page);
	await expectReadable();
	// A photograph is chosen, looked at and sent, though the phone can neither keep nor turn it.
	const upload = await openItem(page, 'hospital_certificate');
	await upload.locator('[name=sensitive_consent]').check();
	await upload.locator('input[multiple]').setInputFiles(await photo('诊断证明.jpg'));
	await upload.getByRole('button', { name: w('documents_send'), exact: true }).click();
	await expect(page.locator('#reason a[href^="/documents/"]').first()).toBeVisible({ timeout: 20_000 });
	await expectReadable();
	await choosePlan(page);
	await expectReadable();
	const reference = await submit(page);
	expect(reference).toMatch(/^A-\d+$/);
	await expectReadable();
	expect((await violations(page)).filter((fault) => fault.startsWith('color-contrast '))).toEqual([]);
});
