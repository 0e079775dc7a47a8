import { type Kysely, sql } from 'kysely';

/**
 * The door: of a link only its hash is kept once its message has gone, with the number that it went to; openings by robots
 * and by people, and the first tap, stand apart; a number that its holder says is not the cardholder's gets no message any
 * more; and the limits by number, by address and in all are data.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table access_link
			alter column seed drop not null,
			add column sent_to text,
			add column robot_opened_count integer not null default 0,
			add column first_robot_opened_at timestamptz,
			add column first_tapped_at timestamptz;
		update access_link l set seed = null
			where l.revoked_at is not null or l.expires_at <= now()
				or not exists (select from outbox_message m where m.access_link_id = l.id and m.status = 'queued');
		alter table access_link add constraint access_link_dead_has_no_seed check (revoked_at is null or seed is null);
		create index access_link_with_seed on access_link (expires_at) where seed is not null;

		create table silenced_number (
			phone text primary key check (phone ~ '^[+][1-9][0-9]{6,14}$'),
			silenced_at timestamptz not null,
			access_link_id uuid references access_link (id),
			browser_hash bytea,
			lifted_at timestamptz,
			lifted_by text
		);
		create index silenced_number_browser on silenced_number (browser_hash, silenced_at) where lifted_at is null;

		-- What a bank has set itself stays as it is.
		update setting set value = '{"sendsPerNumber": {"most": 9, "minutes": 60}, "sendsInAll": {"most": 20000, "minutes": 10},
				"failuresInAll": {"most": 10000, "minutes": 10}}'::jsonb || value || case
					when value -> 'asksPerAddress' = '{"most": 120, "minutes": 10}'
					then '{"asksPerAddress": {"most": 600, "minutes": 10}}'::jsonb else '{}' end
			where key = 'access';
	`.execute(db);
}
