import { createHash, randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { query } from './run-folder.ts';

/** A member of the demo's staff signed in past the door; a decision asks them for a code. */
export async function enterStaff(page: Page, login: string): Promise<void> {
	await enter(page, 'staff-session', (hash) =>
		query(
			`insert into staff_session (id, staff_id, expires_at)
			 select $1, id, now() + interval '2 hours' from staff where login = $2 returning id`,
			[hash, login],
		),
	);
}

/** A cardholder of the demo, by name, past the door: with one card chosen, or with several to choose from. */
export async function enterCardholder(page: Page, name: string): Promise<void> {
	await enter(page, 'session', (hash) =>
		query(
			`insert into cardholder_session (id, cardholder_id, account_id, expires_at)
			 select $1, c.id, (select min(a.id) from account a where a.cardholder_id = c.id having count(*) = 1),
				now() + interval '1 hour' from cardholder c where c.name = $2 returning id`,
			[hash, name],
		),
	);
}

/** Whoever has an agreement to sign, past the door; returns the number that the code goes to. */
export async function enterOffered(page: Page): Promise<string> {
	await enter(page, 'session', (hash) =>
		query(
			`insert into cardholder_session (id, cardholder_id, account_id, expires_at)
			 select $1, cardholder_id, account_id, now() + interval '1 hour' from agreement where status = 'offered' limit 1
			 returning id`,
			[hash],
		),
	);
	const [row] = await query<{ phone: string }>(
		`select c.phone from cardholder c join agreement a on a.cardholder_id = c.id where a.status = 'offered' limit 1`,
	);
	return row?.phone ?? '';
}

async function enter(page: Page, cookie: string, insert: (hash: string) => Promise<object[]>): Promise<void> {
	const token = randomBytes(32).toString('base64url');
	const made = await insert(createHash('sha256').update(token).digest('hex'));
	if (made.length === 0) throw new Error('nobody of that name is in the demo');
	await page.goto('/');
	await page.context().addCookies([{ name: cookie, value: token, url: new URL(page.url()).origin }]);
}
