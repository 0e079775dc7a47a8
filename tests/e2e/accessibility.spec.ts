import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { signInStaff } from './desk.ts';
import { query } from './run-folder.ts';
import { apply, fillIn, personAt, personTold, signIn, signInByNumbers } from './trip.ts';

/** Every violation that axe finds on the page, with where it stands. */
async function violations(page: Page): Promise<string[]> {
	const { violations: found } = await new AxeBuilder({ page }).analyze();
	return found.map(
		({ id, impact, nodes }) => `${id} (${String(impact)}): ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
	);
}

/** By how much the page is wider than the screen it is on, with its text in a size. */
async function overflow(page: Page, percent: 100 | 200): Promise<number> {
	return await page.evaluate((size) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(`html { font-size: ${String(size)}% !important }`);
		document.adoptedStyleSheets = [sheet];
		return document.documentElement.scrollWidth - document.documentElement.clientWidth;
	}, percent);
}

/** Makes every text of the page half as long again, as another language may be; figures and what one types stay. */
async function lengthen(page: Page): Promise<void> {
	await page.evaluate(() => {
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
			node.parentElement?.closest('script, style, textarea, svg') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
		);
		const words: Text[] = [];
		while (walker.nextNode()) words.push(walker.currentNode as Text);
		for (const node of words) {
			const letters = node.data.replaceAll(/[^\p{Letter} ]/gu, '').trim();
			node.data += letters.slice(0, Math.ceil(letters.length / 2));
		}
	});
}

/** Each page in each language, each theme with one of them: contrast does not hang on the words. */
async function check(page: Page, paths: readonly string[]): Promise<void> {
	for (const [locale, colorScheme] of [
		['zh-CN', 'light'],
		['en', 'dark'],
	] as const) {
		await page.context().addCookies([{ name: 'language', value: locale, url: new URL(page.url()).origin }]);
		await page.emulateMedia({ colorScheme });
		for (const path of paths) {
			await page.goto(path);
			await expect(page.locator('html')).toHaveAttribute('lang', locale);
			expect(await violations(page), `${path} ${locale} ${colorScheme}`).toEqual([]);
			for (const percent of [100, 200] as const) {
				const wider = await overflow(page, percent);
				expect(wider, `${path} ${locale} is wider than the screen at ${String(percent)} %`).toBeLessThanOrEqual(0);
			}
			await lengthen(page);
			const wider = await overflow(page, 100);
			expect(wider, `${path} ${locale} with texts half as long again`).toBeLessThanOrEqual(0);
		}
	}
	// The trip's words are Chinese.
	await page.context().clearCookies({ name: 'language' });
}

test('axe finds nothing before signing in', async ({ page }) => {
	test.slow();
	const { link } = await personAt(page, 6);
	await check(page, [
		'/',
		'/sign-in',
		link ?? '',
		'/offline',
		'/dev/inbox',
		'/staff/sign-in',
		'/l/0000000000000000000000',
	]);
});

test("axe finds nothing on the cardholder's pages, before and after submitting", async ({ page }) => {
	test.slow();
	await signIn(page, await personAt(page, 6));
	await check(page, ['/debt', '/debt/why', '/debt/ahead', '/debt/pay', '/hardship', '/application']);
	await apply(page);
	await check(page, ['/application', '/debt']);
});

test('axe finds nothing on the documents, plans and check pages of a draft', async ({ page }) => {
	test.slow();
	await signIn(page, await personAt(page, 7));
	await fillIn(page);
	await check(page, ['/documents', '/documents/kept', '/plans', '/check']);
});

for (const [what, told, paths] of [
	['an agreement to be signed', /申请有了答复/, ['/agreement', '/application']],
	['a plan with a missed instalment', /有一期未到/, ['/agreement', '/agreement/calendar', '/debt', '/debt/ahead']],
	['a plan that has lapsed', /计划有变动/, ['/agreement', '/debt']],
] as const) {
	test(`axe finds nothing on the pages of ${what}`, async ({ page }) => {
		test.slow();
		await signInByNumbers(page, await personTold(page, told));
		await check(page, paths);
	});
}

test.describe('on a desk screen', () => {
	test.use({ viewport: { width: 1280, height: 800 } });
	test('axe finds nothing on the pages of fang, a second look among them', async ({ page }) => {
		await signInStaff(page, 'fang');
		const [drawn] = await query<{ id: string }>(
			`insert into second_review (application_id, decision_id, drawn_at)
				select d.application_id, d.id, now() from decision d join review r on r.application_id = d.application_id
				where r.closed_at is not null and not exists (select from second_review x where x.decision_id = d.id)
				and not exists (select from staff s
					where s.login = 'fang' and s.id in (d.staff_id, d.first_staff_id))
				order by d.decided_at limit 1
			returning application_id as id`,
		);
		await check(page, ['/desk', '/overview', `/desk/${drawn?.id ?? ''}/second`]);
	});

	for (const [login, paths] of [
		['qiao', ['/support']],
		['ines', ['/admin', '/admin/products', '/admin/products/deferral', '/admin/proposals/new']],
	] as const) {
		test(`axe finds nothing on the pages of ${login}`, async ({ page }) => {
			await signInStaff(page, login);
			await check(page, paths);
		});
	}
});
