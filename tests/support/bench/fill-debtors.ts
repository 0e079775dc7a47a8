import { sql } from 'kysely';
import { addDays, type Day } from '#lib/domain/day.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** Six statements a month apart, the last ten days ago: the one that falls due next. */
const STATEMENTS = 6;
const PURCHASES = 4;

/**
 * Makes so many cardholders `D-1`, `D-2`, … with an account of the same id, two months in arrears: six statements, four purchases
 * on each, one payment, and the interest that the core posted. Every fourth has an application that waits for its decision. Past the
 * use cases, which would take long; every check and trigger of the tables holds.
 */
export async function fillDebtors(
	owner: Db,
	{ count, today, timeZone }: { count: number; today: Day; timeZone: string },
): Promise<void> {
	const people = sql`generate_series(1, ${count}::integer) n`;
	await sql`insert into cardholder (id, name, phone, id_last4, locale, time_zone)
		select 'D-' || n, '王小明', '+86137' || lpad(n::text, 8, '0'), '123X', 'zh-CN', ${timeZone} from ${people}`.execute(
		owner,
	);
	await sql`insert into account (id, cardholder_id, card_last4, currency, policy_code, opened_on)
		select 'D-' || n, 'D-' || n, '4821', 'CNY', 'cn-standard', ${addDays(today, -400)}::date from ${people}`.execute(owner);
	for (let nth = 0; nth < STATEMENTS; nth++) {
		const statementDate = addDays(today, -10 - 30 * (STATEMENTS - 1 - nth));
		await sql`insert into statement (account_id, statement_date, due_date, statement_balance, minimum_payment_due)
			select 'D-' || n, ${statementDate}::date, ${addDays(statementDate, 20)}::date,
				${240_000 * (nth + 1)}::integer + n % 997, ${24_000 * (nth + 1)}::integer
			from ${people}`.execute(owner);
		await sql`insert into posting (account_id, id, posted_on, kind, amount, description)
			select 'D-' || n, 'D-' || n || ${`-${String(nth)}-`}::text || p, ${addDays(statementDate, -25)}::date + 5 * p,
				'purchase', 58_000 + (n * 7919 + p * 104729) % 3001, '超市'
			from ${people}, generate_series(1, ${PURCHASES}::integer) p`.execute(owner);
		if (nth < STATEMENTS - 3) continue;
		await sql`insert into posting (account_id, id, posted_on, kind, amount, description)
			select 'D-' || n, 'D-' || n || ${`-${String(nth)}-i`}::text, ${statementDate}::date, 'interest', 4_200 + n % 311, ''
			from ${people}`.execute(owner);
	}
	await sql`insert into posting (account_id, id, posted_on, kind, amount, description)
		select 'D-' || n, 'D-' || n || '-paid', ${addDays(today, -75)}::date, 'payment', 600_000, '' from ${people}`.execute(
		owner,
	);
	await sql`insert into application (account_id, cardholder_id, locale, reason, wants_offer, consented_at)
		select 'D-' || n, 'D-' || n, 'zh-CN', 'unemployment', true, now() from ${people} where n % 4 = 0`.execute(owner);
	await sql`update application set status = 'submitted', submitted_at = now()`.execute(owner);
	await sql`insert into review (application_id, queued_at, due_at, priority) select id, now(), now() + interval '2 days', 5
		from application`.execute(owner);
	for (const table of ['cardholder', 'account', 'statement', 'posting', 'application', 'review']) {
		await sql`vacuum analyze ${sql.table(table)}`.execute(owner);
	}
}
