import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { asServing } from '../support/cluster.ts';
import { signInStaff } from './desk.ts';
import { DATABASE_FILE, runFolder } from './run-folder.ts';
import { apply, personAt, signIn } from './trip.ts';
import { onDatabase } from './visitors.ts';
import { words } from './words.ts';

const w = words('zh-CN');
const said = (key: string, name: string) => w(key).replace('{name}', name);

async function deskOf(browser: Browser, baseURL: string | undefined, login: string): Promise<Page> {
	const viewport = { width: 1280, height: 800 };
	const desk = await browser.newPage({ baseURL: baseURL ?? '', viewport, locale: 'zh-CN' });
	await signInStaff(desk, login);
	return desk;
}

const notes = (page: Page) => page.locator('aside [role=status]');
/** The answer with which a page begins to listen. */
const listening = (page: Page) => page.waitForResponse((answer) => answer.url().includes('/desk/live'));

/** Cuts every connection that listens, as a restart of the database would. */
async function cutListeners(): Promise<void> {
	const owner = readFileSync(join(runFolder(), DATABASE_FILE), 'utf8');
	const client = new pg.Client({ connectionString: asServing(owner) });
	await client.connect();
	await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
		where application_name = 'repayment-portal listen' and datname = current_database()`);
	await client.end();
}

test('one takes a case: the other’s open page says so, and who looks on, without reload; also after a lost connection', async ({
	page,
	browser,
	baseURL,
}) => {
	test.slow();
	await signIn(page, await personAt(page, 6));
	const reference = await apply(page);
	const { id } = await onDatabase(async (client) => {
		const { rows } = await client.query<{ id: string }>('select id from application where reference = $1', [reference]);
		return rows[0] ?? { id: '' };
	});
	const [fang, lin] = [await deskOf(browser, baseURL, 'fang'), await deskOf(browser, baseURL, 'lin')];

	const heard = listening(fang);
	await fang.goto(`/desk/${id}`);
	expect((await heard).headers()).toMatchObject({
		'x-accel-buffering': 'no',
		'cache-control': 'no-store, no-transform',
	});
	await lin.goto(`/desk/${id}`);
	await expect(notes(fang)).toContainText(said('live_viewer', '林岚'));
	await expect(notes(lin)).toContainText(said('live_viewer', '方敏'));

	await cutListeners();
	await makeNext(id, 'lin');
	await lin.goto('/desk');
	await expect(notes(fang)).not.toContainText(said('live_viewer', '林岚'));
	await lin.getByRole('button', { name: w('desk_take_next') }).click();
	await expect(lin).toHaveURL(new RegExp(id));
	await expect(notes(fang)).toContainText(said('live_taken', '林岚'));
	const row = fang.locator('.queue tr', { hasText: reference });
	await expect(row).toContainText(said('desk_queue_holder', '林岚'));

	await fang.context().setOffline(true);
	await expect(notes(fang)).toContainText(w('live_lost'), { timeout: 20_000 });
	await page.goto('/application');
	await page.locator('summary', { hasText: w('application_withdraw') }).click();
	await page.getByRole('button', { name: w('application_withdraw_yes') }).click();
	await fang.context().setOffline(false);
	await expect(notes(fang)).toContainText(w('live_withdrawn'), { timeout: 20_000 });
	await expect(notes(fang)).not.toContainText(w('live_lost'));
	await fang.close();
	await lin.close();
});

/** Puts a case before all others, and takes from an agent what they have in hand, so that "take next" gives it to them. */
async function makeNext(id: string, login: string): Promise<void> {
	await onDatabase(async (client) => {
		await client.query(
			`update review set lease_expires_at = null where staff_id = (select id from staff where login = $1)`,
			[login],
		);
		await client.query(
			`update review set priority = 0, due_at = due_at - interval '10 years' where application_id = $1`,
			[id],
		);
	});
}
