import { test } from '@playwright/test';
import { enterCardholder } from './enter.ts';
import { walk } from './looks.ts';
import { apply, fillIn, personAt, personTold, signIn, signInByNumbers } from './trip.ts';

test('the pages before signing in are for everybody', async ({ page }) => {
	test.slow();
	const { link } = await personAt(page, 6);
	await walk(page, [
		'/',
		'/sign-in',
		link ?? '',
		'/offline',
		'/dev/inbox',
		'/staff/sign-in',
		'/l/0000000000000000000000',
	]);
});

test("the cardholder's pages, before and after submitting, are for everybody", async ({ page }) => {
	test.slow();
	await signIn(page, await personAt(page, 6));
	await walk(page, [
		'/debt',
		'/debt/why',
		'/debt/ahead',
		'/debt/pay',
		'/hardship',
		'/application',
		'/security',
		'/help',
	]);
	await apply(page);
	await walk(page, ['/application', '/debt']);
});

test('the documents, plans and check pages of a draft are for everybody', async ({ page }) => {
	test.slow();
	await signIn(page, await personAt(page, 7));
	await fillIn(page);
	await walk(page, ['/documents', '/documents/kept', '/plans', '/check']);
});

for (const [what, told, paths] of [
	['an answer that was given', /申请有了答复/, ['/agreement', '/application']],
	['a plan with a missed instalment', /有一期未到/, ['/agreement', '/agreement/calendar', '/debt', '/debt/ahead']],
	['a plan that has lapsed', /计划有变动/, ['/agreement', '/debt']],
	['a plan that was completed', /计划已全部完成/, ['/agreement', '/debt']],
] as const) {
	test(`the pages of ${what} are for everybody`, async ({ page }) => {
		test.slow();
		await signInByNumbers(page, await personTold(page, told));
		await walk(page, paths);
	});
}

test('who has several cards, and whose account is being checked, are shown it as everybody is', async ({ page }) => {
	test.slow();
	for (const name of ['苏婉清', '郭子睿']) {
		await enterCardholder(page, name);
		await walk(page, [
			'/debt',
			{ name: `the application of ${name}`, arrive: async () => void (await page.goto('/application')) },
		]);
	}
});
