import { type Kysely, sql } from 'kysely';

/**
 * What an approved application becomes: the agreement with its documents, signature, instalments and events; the codes that
 * confirm what is agreed to; the bank's counter-offers; proposals for new versions of products.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table application drop constraint application_status_check;
		alter table application add constraint application_status_check check (status in
			('draft', 'submitted', 'in_review', 'counter_offered', 'approved', 'declined', 'withdrawn'));
		-- Where no product fits, the application reaches an agent without a plan; nothing is approved without one.
		alter table application drop constraint application_check;
		alter table application add column wants_offer boolean not null default false;
		alter table application add constraint application_sent_whole check (status in ('draft', 'withdrawn')
			or (submitted_at is not null and reason is not null and consented_at is not null
				and (quote_id is not null or wants_offer)));
		alter table application add constraint application_approved_plan check (status <> 'approved' or quote_id is not null);
		-- The one that was taken back so that this could be changed and sent again.
		alter table application add column revises_id uuid references application (id);
		drop index application_open;
		create unique index application_open on application (account_id)
			where status in ('draft', 'submitted', 'in_review', 'counter_offered');

		alter table decision drop constraint decision_outcome_check;
		alter table decision add constraint decision_outcome_check
			check (outcome in ('approved', 'declined', 'counter_offered'));
		alter table decision drop constraint decision_application_id_key;
		create unique index decision_final on decision (application_id) where outcome in ('approved', 'declined');
		create index decision_application on decision (application_id, decided_at);

		create table confirmation (
			id uuid primary key default gen_random_uuid(),
			cardholder_id text not null references cardholder (id),
			account_id text not null references account (id),
			purpose text not null check (purpose in ('sign_agreement', 'accept_counter_offer')),
			subject_id uuid not null,
			subject_hash bytea not null check (octet_length(subject_hash) = 32),
			code_seed bytea not null check (octet_length(code_seed) = 16),
			sends integer not null default 0,
			last_sent_at timestamptz,
			tries integer not null default 0 check (tries <= 5),
			created_at timestamptz not null default now(),
			expires_at timestamptz not null,
			used_at timestamptz,
			closed_at timestamptz
		);
		create index confirmation_subject on confirmation (subject_id, created_at);
		create index confirmation_cardholder on confirmation (cardholder_id, created_at);
		alter table outbox_message add column confirmation_id uuid references confirmation (id);

		create table counter_offer (
			id uuid primary key default gen_random_uuid(),
			application_id uuid not null references application (id),
			decision_id uuid not null unique references decision (id),
			quote_id uuid not null unique references quote (id),
			offered_at timestamptz not null,
			expires_at timestamptz not null,
			answer text check (answer in ('accepted', 'declined', 'lapsed')),
			answer_words text not null default '' check (length(answer_words) <= 1000),
			answered_at timestamptz,
			confirmation_id uuid references confirmation (id),
			check ((answer is null) = (answered_at is null)),
			check ((answer is not distinct from 'accepted') = (confirmation_id is not null))
		);
		create unique index counter_offer_open on counter_offer (application_id) where answer is null;
		create index counter_offer_expiry on counter_offer (expires_at) where answer is null;

		create sequence agreement_number start 20001;
		create table agreement (
			id uuid primary key default gen_random_uuid(),
			reference text not null unique default 'G-' || nextval('agreement_number'),
			application_id uuid not null unique references application (id),
			account_id text not null references account (id),
			cardholder_id text not null references cardholder (id),
			quote_id uuid not null references quote (id),
			status text not null default 'offered'
				check (status in ('offered', 'refused', 'expired', 'active', 'missed', 'lapsed', 'completed')),
			offered_at timestamptz not null,
			sign_by timestamptz not null,
			signed_at timestamptz,
			ended_at timestamptz,
			calendar_seed bytea check (octet_length(calendar_seed) = 16),
			calendar_token_hash bytea unique check (octet_length(calendar_token_hash) = 32),
			check ((status in ('offered', 'refused', 'expired')) = (signed_at is null)),
			check ((status in ('refused', 'expired', 'lapsed', 'completed')) = (ended_at is not null))
		);
		create unique index agreement_alive on agreement (account_id) where status in ('offered', 'active', 'missed');
		create index agreement_cardholder on agreement (cardholder_id, offered_at);
		create index agreement_account on agreement (account_id, offered_at);
		create index agreement_unsigned on agreement (sign_by) where status = 'offered';

		create table agreement_document (
			id uuid primary key default gen_random_uuid(),
			agreement_id uuid not null references agreement (id),
			kind text not null check (kind in ('agreement', 'completion_letter', 'lapse_notice')),
			locale text not null,
			drawn_on date not null,
			content jsonb not null,
			content_hash bytea not null check (octet_length(content_hash) = 32),
			pdf bytea not null,
			pdf_sha256 bytea not null check (octet_length(pdf_sha256) = 32),
			created_at timestamptz not null default now(),
			unique (agreement_id, kind, content_hash)
		);
		create trigger agreement_document_never_changes before update or delete on agreement_document
			for each row execute function refuse_change();

		create table agreement_signature (
			agreement_id uuid primary key references agreement (id),
			document_id uuid not null unique references agreement_document (id),
			confirmation_id uuid not null unique references confirmation (id),
			consents jsonb not null,
			ip inet not null,
			signed_at timestamptz not null,
			seal bytea not null check (octet_length(seal) = 32)
		);
		create trigger agreement_signature_never_changes before update or delete on agreement_signature
			for each row execute function refuse_change();

		create table agreement_instalment (
			agreement_id uuid not null references agreement (id),
			number integer not null check (number > 0),
			due_on date not null,
			principal bigint not null check (principal >= 0),
			interest bigint not null check (interest >= 0),
			accrued bigint not null default 0 check (accrued >= 0),
			total bigint not null check (total = principal + interest + accrued),
			primary key (agreement_id, number)
		);
		create index agreement_instalment_due on agreement_instalment (due_on);
		create trigger agreement_instalment_never_changes before update or delete on agreement_instalment
			for each row execute function refuse_change();

		create table agreement_event (
			id bigint generated always as identity primary key,
			agreement_id uuid not null references agreement (id),
			kind text not null check (kind in
				('offered', 'refused', 'expired', 'signed', 'due_notice', 'missed', 'cured', 'lapsed', 'completed', 'settled_early')),
			instalment integer,
			occurred_on date not null,
			detail jsonb not null default '{}',
			at timestamptz not null,
			unique nulls not distinct (agreement_id, kind, instalment)
		);
		create trigger agreement_event_never_changes before update or delete on agreement_event
			for each row execute function refuse_change();

		create table product_proposal (
			id uuid primary key default gen_random_uuid(),
			code text not null,
			change text not null check (change in ('publish', 'retire')),
			base_version integer,
			terms jsonb not null,
			note text not null default '' check (length(note) <= 1000),
			status text not null default 'proposed' check (status in ('proposed', 'published', 'rejected', 'withdrawn')),
			proposed_by uuid not null references staff (id),
			proposed_at timestamptz not null,
			decided_by uuid references staff (id),
			decided_at timestamptz,
			decision_note text not null default '' check (length(decision_note) <= 1000),
			check ((status = 'proposed') = (decided_by is null)),
			-- A second person consents; who proposed it can only take it back.
			check (decided_by is null or (decided_by = proposed_by) = (status = 'withdrawn'))
		);
		create unique index product_proposal_open on product_proposal (code) where status = 'proposed';
	`.execute(db);
}
