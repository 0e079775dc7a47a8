import { expect, type Page, test } from '@playwright/test';
import { admit } from './admit.ts';
import { choosePlan, nameReason, openItem, photo, send, submit } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const STEPS = ['steps_situation', 'steps_documents', 'steps_plan', 'steps_check', 'steps_sent'].map((key) => w(key));

/** The link back to a step, which says that it is done. */
const stepLink = (page: Page, step: number) =>
	page.getByRole('link', { name: new RegExp(`^${STEPS[step - 1] ?? ''}\\s*${w('steps_done')}$`) });

/** Says where one is as somebody hears it, and what of the trip is a link back. */
async function expectAt(page: Page, step: number): Promise<void> {
	const heard = await page.getByRole('navigation', { name: w('steps_label') }).ariaSnapshot();
	const place = w('steps_place').replace('{place}', String(step)).replace('{count}', '5');
	expect(heard.replace(/：\s+/, '：')).toContain(`${place}${STEPS[step - 1] ?? ''}`);
	for (const at of STEPS.keys()) {
		const isBack = at < step - 1 && step < 5;
		await expect(stepLink(page, at + 1)).toHaveCount(isBack ? 1 : 0);
	}
}

/** Whatever was typed or chosen on the first three pages stands in its field. */
async function expectKept(page: Page, path: '/hardship' | '/documents' | '/plans'): Promise<void> {
	await expect(page).toHaveURL(new RegExp(`${path}(\\?|$)`));
	if (path === '/hardship') {
		await expect(page.locator('[name=reason][value=illness_or_injury]')).toBeChecked();
		await expect(page.locator('[name=circumstances]')).toHaveValue('住院两个月，下个月恢复上班。');
		await expect(page.locator('[name=wages]')).toHaveValue('9000');
		await expect(page.locator('[name=housing]')).toHaveValue('2500');
	} else if (path === '/documents') {
		await expect(page.locator('details#hospital_certificate ol > li')).toContainText('诊断证明.jpg');
		// The consent was given with the first page and is not asked for again.
		await expect(page.locator('details#hospital_certificate [name=sensitive_consent]')).toHaveCount(0);
	} else {
		await expect(page.locator('[name=monthly]')).toHaveValue(/^1,?500(\.00)?$/);
		await expect(page.locator('section.chosen')).toHaveCount(1);
	}
	// Nothing by which one came in is asked for once more.
	await expect(page.locator('[name=phone], [name=card_last4], [name=id_last4], [name=code]')).toHaveCount(0);
}

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with its scripts' : 'without JavaScript', () => {
		test.use({ javaScriptEnabled });

		test('the steps say where one is and lead back and forth without losing anything, and the last shows all that is sent', async ({
			page,
		}) => {
			test.slow();
			await admit(page);
			await page.goto('/hardship');
			await expectAt(page, 1);
			await nameReason(page);
			const upload = await openItem(page, 'hospital_certificate');
			await upload.locator('[name=sensitive_consent]').check();
			await upload.locator('input[multiple]').setInputFiles(await photo('诊断证明.jpg'));
			await upload.getByRole('button', { name: w('documents_send'), exact: true }).click();
			await expect(page.locator('details#hospital_certificate ol > li')).toHaveCount(1, { timeout: 20_000 });
			await expectAt(page, 2);
			await choosePlan(page);
			await expectAt(page, 4);

			const back = async (step: number, path: '/hardship' | '/documents' | '/plans') => {
				await stepLink(page, step).click();
				await expectKept(page, path);
				await expectAt(page, step);
			};
			await back(3, '/plans');
			await back(2, '/documents');
			await back(1, '/hardship');
			await send(page, w('hardship_save'), /\/documents/);
			await expectKept(page, '/documents');
			await send(page, w('documents_go_on'), /\/plans/);
			await expectKept(page, '/plans');
			await send(page, w('plans_keep'), /\/check$/);

			// What is sent is shown whole, and each part leads to where it is changed.
			const main = page.locator('main');
			for (const told of [
				w('reason_illness_or_injury'),
				'住院两个月，下个月恢复上班。',
				'¥9,000.00',
				'¥2,500.00',
				'诊断证明.jpg',
			]) {
				await expect(main).toContainText(told);
			}
			const heard = await main.ariaSnapshot();
			expect(heard, 'an amount is heard as one').toMatch(/definition: .*¥6,500\.00/);
			for (const [part, path] of [
				['check_situation', '/hardship'],
				['hardship_budget', '/hardship'],
				['check_documents', '/documents'],
				['check_plan', '/plans'],
			] as const) {
				const name = w('check_change_what').replace('{what}', w(part));
				await expect(main.getByRole('link', { name, exact: true })).toHaveAttribute('href', path);
				await main.getByRole('link', { name, exact: true }).click();
				await expectKept(page, path);
				await page.goto('/check');
			}
			await submit(page);
			await expectAt(page, 5);
		});
	});
}
