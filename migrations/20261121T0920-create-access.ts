import { type Kysely, sql } from 'kysely';

/** Links and codes. Neither a token nor a code stands here: both are derived from a seed and the secret key. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table access_link (
			id uuid primary key default gen_random_uuid(),
			account_id text not null references account (id),
			cardholder_id text not null references cardholder (id),
			seed bytea not null check (octet_length(seed) = 16),
			token_hash bytea not null unique,
			created_by text not null,
			created_at timestamptz not null default now(),
			expires_at timestamptz not null,
			revoked_at timestamptz,
			opened_count integer not null default 0,
			first_opened_at timestamptz,
			last_opened_at timestamptz,
			used_at timestamptz
		);
		create unique index access_link_alive on access_link (account_id) where revoked_at is null;
		create index access_link_cardholder on access_link (cardholder_id, created_at);

		create table sign_in_challenge (
			id uuid primary key default gen_random_uuid(),
			browser_hash bytea not null,
			target_hash bytea not null,
			access_link_id uuid references access_link (id),
			cardholder_id text references cardholder (id),
			account_id text references account (id),
			code_seed bytea not null check (octet_length(code_seed) = 16),
			sends integer not null default 0,
			last_sent_at timestamptz,
			tries integer not null default 0 check (tries <= 5),
			created_at timestamptz not null default now(),
			expires_at timestamptz not null,
			closed_at timestamptz
		);
		create index sign_in_challenge_cardholder on sign_in_challenge (cardholder_id, created_at);
		create index sign_in_challenge_browser on sign_in_challenge (browser_hash, created_at);
		create index sign_in_challenge_link on sign_in_challenge (access_link_id) where closed_at is null;

		create table rate_limit (
			key text not null,
			window_start timestamptz not null,
			count integer not null,
			primary key (key, window_start)
		);
	`.execute(db);
}
