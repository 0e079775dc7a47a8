import { type Kysely, sql } from 'kysely';

/** Products and quotes, applications with their evidence, the review queue and its decisions. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table product (
			code text not null,
			version integer not null check (version > 0),
			terms jsonb not null,
			published_at timestamptz not null default now(),
			retired_at timestamptz,
			primary key (code, version)
		);
		create unique index product_offered on product (code) where retired_at is null;

		create sequence application_number start 10001;
		create table application (
			id uuid primary key default gen_random_uuid(),
			reference text not null unique default 'A-' || nextval('application_number'),
			account_id text not null references account (id),
			cardholder_id text not null references cardholder (id),
			status text not null default 'draft'
				check (status in ('draft', 'submitted', 'in_review', 'approved', 'declined', 'withdrawn')),
			version integer not null default 1,
			locale text not null,
			reason text,
			circumstances text not null default '' check (length(circumstances) <= 2000),
			budget jsonb,
			quote_id uuid,
			sensitive_consent_at timestamptz,
			consented_at timestamptz,
			created_at timestamptz not null default now(),
			updated_at timestamptz not null default now(),
			submitted_at timestamptz,
			decided_at timestamptz,
			withdrawn_at timestamptz,
			check (status in ('draft', 'withdrawn')
				or (submitted_at is not null and reason is not null and quote_id is not null and consented_at is not null)),
			check ((status in ('approved', 'declined')) = (decided_at is not null))
		);
		create unique index application_open on application (account_id)
			where status in ('draft', 'submitted', 'in_review');
		create index application_cardholder on application (cardholder_id, created_at);

		create table quote (
			id uuid primary key default gen_random_uuid(),
			number bigint generated always as identity unique,
			application_id uuid not null references application (id),
			account_id text not null references account (id),
			product_code text not null,
			product_version integer not null,
			as_of date not null,
			posting_mark bigint not null,
			terms jsonb not null,
			terms_hash bytea not null check (octet_length(terms_hash) = 32),
			created_at timestamptz not null default now(),
			expires_at timestamptz not null,
			foreign key (product_code, product_version) references product (code, version)
		);
		create index quote_application on quote (application_id);
		create trigger quote_never_changes before update or delete on quote
			for each row execute function refuse_change();
		alter table application add foreign key (quote_id) references quote (id);

		create table evidence (
			id uuid primary key default gen_random_uuid(),
			application_id uuid not null references application (id),
			cardholder_id text not null references cardholder (id),
			kind text not null,
			file_name text not null,
			content_type text not null check (content_type in ('image/jpeg', 'image/png', 'application/pdf')),
			byte_size bigint not null check (byte_size > 0),
			sha256 bytea not null check (octet_length(sha256) = 32),
			storage_key text not null unique,
			thumbnail_key text unique,
			received_at timestamptz not null default now(),
			removed_at timestamptz
		);
		create index evidence_application on evidence (application_id) where removed_at is null;

		create table review (
			application_id uuid primary key references application (id),
			staff_id uuid references staff (id),
			fence bigint not null default 0,
			queued_at timestamptz not null,
			taken_at timestamptz,
			lease_expires_at timestamptz,
			closed_at timestamptz
		);
		create index review_queue on review (queued_at, application_id) where closed_at is null;

		create table review_note (
			id bigint generated always as identity primary key,
			application_id uuid not null references application (id),
			staff_id uuid not null references staff (id),
			body text not null check (body <> '' and length(body) <= 2000),
			at timestamptz not null default now()
		);
		create index review_note_application on review_note (application_id, id);
		create trigger review_note_never_changes before update or delete on review_note
			for each row execute function refuse_change();

		create table application_hand (
			application_id uuid not null references application (id),
			staff_id uuid not null references staff (id),
			hand text not null check (hand in ('made', 'edited')),
			at timestamptz not null default now(),
			primary key (application_id, staff_id, hand)
		);

		create table decision (
			id uuid primary key default gen_random_uuid(),
			application_id uuid not null unique references application (id),
			staff_id uuid not null references staff (id),
			fence bigint not null,
			outcome text not null check (outcome in ('approved', 'declined')),
			reason_code text,
			words text not null default '',
			note text not null default '',
			inputs jsonb not null,
			decided_at timestamptz not null default now(),
			check (outcome <> 'declined' or reason_code is not null)
		);
		create trigger decision_never_changes before update or delete on decision
			for each row execute function refuse_change();

		create function refuse_own_decision() returns trigger language plpgsql as $$
			begin
				if exists (select from application_hand h
						where h.application_id = new.application_id and h.staff_id = new.staff_id)
					or exists (select from application a join staff s on s.id = new.staff_id
						where a.id = new.application_id and a.cardholder_id = s.cardholder_id) then
					raise exception 'nobody decides an application they had a hand in making'
						using errcode = 'restrict_violation';
				end if;
				return new;
			end $$;
		create trigger decision_by_other_eyes before insert on decision
			for each row execute function refuse_own_decision();
	`.execute(db);
}
