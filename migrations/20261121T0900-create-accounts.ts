import { type Kysely, sql } from 'kysely';

/** What the core banking system tells us: people, accounts, statements, postings, and the policies they follow. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table cardholder (
			id text primary key,
			name text not null,
			phone text not null check (phone ~ '^\\+[1-9][0-9]{6,14}$'),
			id_last4 text not null check (id_last4 ~ '^[0-9]{3}[0-9X]$'),
			locale text not null,
			time_zone text,
			updated_at timestamptz not null default now()
		);
		create index cardholder_phone on cardholder (phone);

		create table policy (
			code text not null,
			effective_on date not null,
			terms jsonb not null,
			created_at timestamptz not null default now(),
			primary key (code, effective_on)
		);

		create table account (
			id text primary key,
			cardholder_id text not null references cardholder (id),
			card_last4 text not null check (card_last4 ~ '^[0-9]{4}$'),
			currency text not null check (currency ~ '^[A-Z]{3}$'),
			policy_code text not null,
			opened_on date not null
		);
		create index account_cardholder on account (cardholder_id);

		create table statement (
			account_id text not null references account (id),
			statement_date date not null,
			due_date date not null,
			statement_balance bigint not null,
			minimum_payment_due bigint not null check (minimum_payment_due >= 0),
			primary key (account_id, statement_date)
		);

		create table posting (
			account_id text not null references account (id),
			id text not null,
			seq bigint generated always as identity,
			posted_on date not null,
			kind text not null check (kind in ('purchase', 'cash_advance', 'interest', 'fee', 'late_fee',
				'payment', 'refund', 'waiver_interest', 'waiver_fee')),
			amount bigint not null check (amount > 0),
			description text not null default '',
			primary key (account_id, id)
		);

		create table import_run (
			id uuid primary key default gen_random_uuid(),
			started_at timestamptz not null default now(),
			finished_at timestamptz,
			outcome text check (outcome in ('loaded', 'refused')),
			counts jsonb not null default '{}'
		);

		create table import_rejection (
			id bigint generated always as identity primary key,
			import_run_id uuid not null references import_run (id),
			file text not null,
			line integer not null,
			row_key text not null,
			account_id text,
			reason text not null,
			mended_at timestamptz
		);
		create index import_rejection_open on import_rejection (account_id) where mended_at is null;
		create index import_rejection_row on import_rejection (file, row_key) where mended_at is null;

		create function refuse_change() returns trigger language plpgsql as $$
			begin
				raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
			end $$;
		create trigger posting_never_changes before update or delete on posting
			for each row execute function refuse_change();
	`.execute(db);
}
