import { type Kysely, sql } from 'kysely';

/**
 * Forms that came after their session's end, sealed, until their owner has signed in again; when a session was last used; and
 * the sessions that are over but remembered, so that such a form can be told whose it is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table cardholder_session add column used_at timestamptz not null default now();
		alter table staff_session add column used_at timestamptz not null default now();

		create table kept_form (
			id uuid primary key default gen_random_uuid(),
			owner_kind text not null check (owner_kind in ('cardholder', 'staff')),
			owner_id text not null,
			account_id text references account (id),
			browser_hash bytea not null check (octet_length(browser_hash) = 32),
			path text not null check (path like '/%'),
			body_sealed bytea not null,
			created_at timestamptz not null,
			expires_at timestamptz not null check (expires_at > created_at),
			unique (browser_hash, owner_kind, owner_id, path)
		);
		create index kept_form_expiry on kept_form (expires_at);
	`.execute(db);
	await sql`
		insert into setting (key, value)
			values ('session', ${JSON.stringify({ keptFormMinutes: 30, endedSessionHours: 24 })}::jsonb)
			on conflict (key) do nothing;
	`.execute(db);
}
