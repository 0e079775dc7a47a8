import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connect.ts';

/**
 * So many submitted applications, each of another cardholder, waiting in the queue: a fifth of them in a class before the others,
 * due minute by minute. Past the use cases, which would take an hour; every check and trigger of the tables holds.
 */
export async function fillQueue(owner: Db, count: number): Promise<void> {
	const numbers = sql`generate_series(1, ${count}::integer) n`;
	await sql`insert into cardholder (id, name, phone, id_last4, locale)
		select 'Q-' || n, '王小明', '+86137' || lpad(n::text, 8, '0'), '123X', 'zh-CN' from ${numbers}`.execute(owner);
	await sql`insert into account (id, cardholder_id, card_last4, currency, policy_code, opened_on)
		select 'Q-' || n, 'Q-' || n, '4821', 'CNY', 'cn-standard', '2020-01-01' from ${numbers}`.execute(owner);
	await sql`insert into application (account_id, cardholder_id, locale, reason, wants_offer, consented_at)
		select 'Q-' || n, 'Q-' || n, 'zh-CN', 'unemployment', true, now() from ${numbers}`.execute(owner);
	await sql`update application set status = 'submitted', submitted_at = now() where status = 'draft'`.execute(owner);
	await sql`insert into review (application_id, queued_at, due_at, priority)
		select id, now(), now() + make_interval(mins => row_number() over ()::integer), case row_number() over () % 5 when 0 then 3 else 5 end
		from application where status = 'submitted'`.execute(owner);
	for (const table of ['cardholder', 'account', 'application', 'review']) {
		await sql`vacuum analyze ${sql.table(table)}`.execute(owner);
	}
}
