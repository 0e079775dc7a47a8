import { type Kysely, sql } from 'kysely';

/** The outbox, the contact log, the demo's inbox, the audit log, and rules that are data. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table outbox_message (
			id uuid primary key default gen_random_uuid(),
			cardholder_id text not null references cardholder (id),
			account_id text references account (id),
			template text not null,
			access_link_id uuid references access_link (id),
			challenge_id uuid references sign_in_challenge (id),
			application_id uuid references application (id),
			locale text not null,
			just_asked_for boolean not null default false,
			dedupe_key text unique,
			status text not null default 'queued' check (status in ('queued', 'handed_over', 'failed', 'dropped')),
			not_before timestamptz not null,
			created_at timestamptz not null default now(),
			handed_over_at timestamptz,
			attempts integer not null default 0,
			failure text
		);
		create index outbox_message_cardholder on outbox_message (cardholder_id, created_at);
		create index outbox_message_queued on outbox_message (not_before) where status = 'queued';

		create table contact_log (
			id bigint generated always as identity primary key,
			outbox_message_id uuid not null unique references outbox_message (id),
			cardholder_id text not null references cardholder (id),
			channel text not null check (channel in ('sms')),
			template text not null,
			just_asked_for boolean not null,
			contacted_on date not null,
			at timestamptz not null default now()
		);
		create index contact_log_day on contact_log (cardholder_id, contacted_on);
		create trigger contact_log_never_changes before update or delete on contact_log
			for each row execute function refuse_change();

		create table inbox_message (
			id bigint generated always as identity primary key,
			outbox_message_id uuid not null unique references outbox_message (id),
			phone text not null,
			body text not null,
			at timestamptz not null default now()
		);

		create table audit_log (
			id bigint generated always as identity primary key,
			at timestamptz not null default now(),
			actor_kind text not null check (actor_kind in ('cardholder', 'staff', 'system', 'command', 'visitor')),
			actor_id text,
			action text not null,
			subject_kind text not null,
			subject_id text not null,
			cardholder_id text,
			detail jsonb not null default '{}'
		);
		create index audit_log_cardholder on audit_log (cardholder_id, id);
		create index audit_log_subject on audit_log (subject_kind, subject_id, id);
		create trigger audit_log_never_changes before update or delete on audit_log
			for each row execute function refuse_change();
		create trigger audit_log_never_emptied before truncate on audit_log
			for each statement execute function refuse_change();

		create table setting (
			key text primary key,
			value jsonb not null
		);
		insert into setting (key, value) values
			('contact_rules', '{"from": "08:00", "to": "22:00", "dailyCap": 3}'),
			('reminders', '{"everyDays": 3}'),
			('access', '{"linkHours": 72, "resendsPerDay": 3, "codeMinutes": 10, "codeSends": 3, "codeCooldownSeconds": 60,
				"asksPerAddress": {"most": 120, "minutes": 10}, "failuresPerAddress": {"most": 200, "minutes": 10}}'),
			('review', '{"leaseMinutes": 15, "promisedWorkingDays": 3}');
	`.execute(db);
}
