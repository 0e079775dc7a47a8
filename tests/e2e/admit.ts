import { createHash, randomBytes, randomInt } from 'node:crypto';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import type { InboxMessage } from './inbox.ts';
import { query } from './run-folder.ts';

/** Signs in somebody who has not paid for months and whom no other test meets: by a session of theirs, past the door. */
export async function admit(page: Page): Promise<void> {
	const { cardholderId, accountId } = await makeLikeOfDemo();
	const token = randomBytes(32).toString('base64url');
	await query(
		`insert into cardholder_session (id, cardholder_id, account_id, expires_at) values ($1, $2, $3, now() + interval '1 hour')`,
		[createHash('sha256').update(token).digest('hex'), cardholderId, accountId],
	);
	await page.goto('/');
	const url = new URL(page.url()).origin;
	await page.context().addCookies([{ name: 'session', value: token, url }]);
}

/** Somebody whom no other test meets, with a message's link of their own; their codes come to the inbox. */
export async function newcomer(page: Page): Promise<InboxMessage> {
	const { cardholderId, accountId } = await makeLikeOfDemo();
	const token = randomBytes(16).toString('base64url');
	await query(
		`insert into access_link (account_id, cardholder_id, seed, token_hash, created_by, expires_at)
		 values ($1, $2, $3, $4, 'system', now() + interval '1 day')`,
		[accountId, cardholderId, randomBytes(16), createHash('sha256').update(token).digest()],
	);
	await page.goto('/');
	const [known] = await query<{ phone: string; idLast4: string; cardLast4: string }>(
		`select c.phone, c.id_last4 as "idLast4", a.card_last4 as "cardLast4"
		 from cardholder c join account a on a.cardholder_id = c.id where c.id = $1`,
		[cardholderId],
	);
	if (!known) throw new Error('nobody came');
	return { ...known, link: `/l/${token}`, text: '' };
}

/** Admits one person for all tests of a file: each gets the same session. */
export function admitOne(): (page: Page) => Promise<void> {
	let session: Awaited<ReturnType<BrowserContext['cookies']>> | undefined;
	return async (page) => {
		if (session) return page.context().addCookies(session);
		await admit(page);
		session = (await page.context().cookies()).filter(({ name }) => name === 'session');
	};
}

/** A person with the account of one of the demo's in arrears, so that there are as many as tests ask for. */
async function makeLikeOfDemo(): Promise<{ cardholderId: string; accountId: string }> {
	const [like] = await query<{ id: string; cardholder_id: string }>(
		`select a.id, a.cardholder_id from account a
		 where a.currency = 'CNY'
			and not exists (select from agreement g where g.account_id = a.id)
			and not exists (select from posting p where p.account_id = a.id and p.kind = 'payment' and p.posted_on > now() - interval '75 days')
			and exists (select from statement s where s.account_id = a.id and s.due_date < now() - interval '40 days' and s.minimum_payment_due > 0)
		 order by a.id limit 1`,
	);
	expect(like, 'somebody of the demo who has not paid for months').toBeDefined();
	const mark = randomBytes(6).toString('hex');
	const [cardholderId, accountId] = [`admitted-${mark}`, `admitted-${mark}`];
	const phone = `+86139${String(randomInt(1e8)).padStart(8, '0')}`;
	await copyRows('cardholder', 'id', like?.cardholder_id, { id: cardholderId, phone });
	await copyRows('account', 'id', like?.id, { id: accountId, cardholder_id: cardholderId });
	for (const table of ['statement', 'posting'])
		await copyRows(table, 'account_id', like?.id, { account_id: accountId });
	return { cardholderId, accountId };
}

/** Copies the rows of a table that hold a key, with some columns changed; what the database fills in by itself it fills in anew. */
async function copyRows(table: string, column: string, key: string | undefined, changed: object): Promise<void> {
	const columns = await query<{ name: string }>(
		`select column_name as name from information_schema.columns
		 where table_schema = 'public' and table_name = $1 and is_identity = 'NO' and is_generated = 'NEVER'`,
		[table],
	);
	const names = columns.map(({ name }) => name);
	await query(
		`insert into ${table} (${names.join()}) select ${names.map((name) => `r.${name}`).join()}
		 from ${table} t, jsonb_populate_record(t, $1) r where t.${column} = $2`,
		[JSON.stringify(changed), key],
	);
}
