import { type Kysely, sql } from 'kysely';

/**
 * How signed plans are kept: when an instalment is announced, how long payments take to come in from the core; and when each
 * plan was last looked at, so that a minute's sweep finds those with something to do and no others.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		insert into setting (key, value) values ('agreements', '{"noticeDaysBefore": 5, "postingDays": 1}')
		on conflict (key) do nothing;
		alter table agreement
			add column looked_on date not null default '1900-01-01',
			add column looked_at timestamptz not null default 'epoch';
		create index agreement_kept on agreement (looked_on, looked_at) where status in ('active', 'missed')`.execute(db);
}
