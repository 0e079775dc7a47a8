import { type Kysely, sql } from 'kysely';

/** Who works at the bank, how they enrol, and the sessions of both kinds of people. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table staff (
			id uuid primary key default gen_random_uuid(),
			login text not null unique check (login = lower(login) and login <> ''),
			name text not null check (name <> ''),
			role text not null check (role in ('agent', 'supervisor', 'support', 'admin')),
			cardholder_id text references cardholder (id),
			password_hash text,
			totp_secret_sealed bytea,
			totp_last_step bigint,
			created_at timestamptz not null default now(),
			enrolled_at timestamptz,
			disabled_at timestamptz
		);

		create table staff_enrolment (
			id uuid primary key default gen_random_uuid(),
			staff_id uuid not null references staff (id),
			token_hash bytea not null unique,
			totp_secret_sealed bytea not null,
			created_at timestamptz not null default now(),
			expires_at timestamptz not null,
			used_at timestamptz
		);

		create table staff_session (
			id text primary key,
			staff_id uuid not null references staff (id),
			created_at timestamptz not null default now(),
			expires_at timestamptz not null
		);
		create index staff_session_staff on staff_session (staff_id);

		create table cardholder_session (
			id text primary key,
			cardholder_id text not null references cardholder (id),
			account_id text references account (id),
			created_at timestamptz not null default now(),
			expires_at timestamptz not null
		);
		create index cardholder_session_cardholder on cardholder_session (cardholder_id);
	`.execute(db);
}
