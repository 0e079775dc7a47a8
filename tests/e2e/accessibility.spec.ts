import { test } from '@playwright/test';
import { signInStaff } from './desk.ts';
import { walk } from './looks.ts';
import { query } from './run-folder.ts';
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
	['an agreement to be signed', /申请有了答复/, ['/agreement', '/application']],
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

test.describe('on a desk screen', () => {
	test.use({ viewport: { width: 1280, height: 800 } });
	test('the pages of fang, a second look among them, are for everybody', async ({ page }) => {
		await signInStaff(page, 'fang');
		const [drawn] = await query<{ id: string }>(
			`insert into second_review (application_id, decision_id, drawn_at)
				select d.application_id, d.id, now() from decision d join review r on r.application_id = d.application_id
				where r.closed_at is not null and not exists (select from staff s
					where s.login = 'fang' and s.id in (d.staff_id, d.first_staff_id))
				order by d.decided_at limit 1
			returning application_id as id`,
		);
		await walk(page, ['/desk', '/overview', `/desk/${drawn?.id ?? ''}/second`], 'desk');
	});

	for (const [login, paths] of [
		['qiao', ['/support']],
		['ines', ['/admin', '/admin/products', '/admin/products/deferral', '/admin/proposals/new']],
	] as const) {
		test(`the pages of ${login} are for everybody`, async ({ page }) => {
			await signInStaff(page, login);
			await walk(page, paths, 'desk');
		});
	}
});
