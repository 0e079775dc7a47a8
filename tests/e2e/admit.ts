import { createHash, randomBytes } from 'node:crypto';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { query } from './run-folder.ts';

/** Signs in somebody who has not paid for months and whom no other test meets: by a session of theirs, past the door. */
export async function admit(page: Page): Promise<void> {
	const token = randomBytes(32).toString('base64url');
	const admitted = await query(
		`insert into cardholder_session (id, cardholder_id, account_id, expires_at)
		 select $1, a.cardholder_id, a.id, now() + interval '1 hour' from account a
		 where not exists (select from application p where p.account_id = a.id)
			and not exists (select from outbox_message o where o.cardholder_id = a.cardholder_id)
			and not exists (select from cardholder_session s where s.cardholder_id = a.cardholder_id)
			and not exists (select from posting p where p.account_id = a.id and p.kind = 'payment' and p.posted_on > now() - interval '75 days')
			and exists (select from statement s where s.account_id = a.id and s.due_date < now() - interval '40 days' and s.minimum_payment_due > 0)
		 order by a.id limit 1 returning id`,
		[createHash('sha256').update(token).digest('hex')],
	);
	expect(admitted).toHaveLength(1);
	await page.goto('/');
	const url = new URL(page.url()).origin;
	await page.context().addCookies([{ name: 'session', value: token, url }]);
}

/** Admits one person for all tests of a file: each gets the same session. Such people are few. */
export function admitOne(): (page: Page) => Promise<void> {
	let session: Awaited<ReturnType<BrowserContext['cookies']>> | undefined;
	return async (page) => {
		if (session) return page.context().addCookies(session);
		await admit(page);
		session = (await page.context().cookies()).filter(({ name }) => name === 'session');
	};
}
