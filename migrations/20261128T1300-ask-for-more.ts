import { type Kysely, sql } from 'kysely';

/**
 * An agent can ask the cardholder for more, refer a case to a supervisor, and hold reminders for a person who is vulnerable or who
 * disputes what is owed. While the bank waits for the cardholder, or a case is put aside, the promise's clock stands still:
 * `waited_ms` is by how much it was moved.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table application
			drop constraint application_status_check,
			add constraint application_status_check check (status in
				('draft', 'submitted', 'in_review', 'more_requested', 'counter_offered', 'approved', 'declined', 'withdrawn'));
		drop index application_open;
		create unique index application_open on application (account_id)
			where status in ('draft', 'submitted', 'in_review', 'more_requested', 'counter_offered');
		insert into application_move (from_status, to_status) values
			('in_review', 'more_requested'), ('more_requested', 'submitted'), ('more_requested', 'withdrawn');

		alter table review
			add column waited_ms bigint not null default 0 check (waited_ms >= 0),
			-- Put aside while a hold stands: nobody is given it, and supervisors see it.
			add column paused_at timestamptz,
			add column paused_until date,
			add column referred_at timestamptz,
			add column referred_by uuid references staff (id),
			add constraint review_paused check ((paused_at is null) = (paused_until is null)),
			add constraint review_referred check ((referred_at is null) = (referred_by is null));

		create table information_request (
			id uuid primary key default gen_random_uuid(),
			application_id uuid not null references application (id),
			staff_id uuid not null references staff (id),
			fence bigint not null,
			words text not null default '' check (length(words) <= 1000),
			asked_at timestamptz not null,
			due_on date not null,
			closed_at timestamptz,
			closed_as text check (closed_as in ('answered', 'lapsed', 'withdrawn')),
			check ((closed_at is null) = (closed_as is null))
		);
		create unique index information_request_open on information_request (application_id) where closed_at is null;
		create index information_request_application on information_request (application_id, asked_at);
		create index information_request_due on information_request (due_on) where closed_at is null;

		create table information_item (
			request_id uuid not null references information_request (id),
			application_id uuid not null references application (id),
			position smallint not null check (position between 1 and 10),
			what text not null check (what in ('evidence', 'answer')),
			kind text,
			reason text not null,
			words text not null default '' check (length(words) <= 500),
			answer text not null default '' check (length(answer) <= 2000),
			answered_at timestamptz,
			primary key (request_id, position),
			check ((what = 'evidence') = (kind is not null)),
			check (what = 'evidence' or words <> ''),
			check (what = 'answer' or answer = '')
		);
		create index information_item_application on information_item (application_id);

		create table contact_hold (
			id uuid primary key default gen_random_uuid(),
			account_id text not null references account (id),
			cardholder_id text not null references cardholder (id),
			application_id uuid not null references application (id),
			kind text not null check (kind in ('vulnerability', 'dispute')),
			until date not null,
			staff_id uuid not null references staff (id),
			at timestamptz not null,
			ended_at timestamptz,
			ended_by uuid references staff (id),
			check (ended_by is null or ended_at is not null)
		);
		create unique index contact_hold_standing on contact_hold (account_id) where ended_at is null;
		create index contact_hold_until on contact_hold (until) where ended_at is null;

		-- As before, but for what is put aside, and for what only supervisors are given.
		create or replace function lock_free_review(
			seeker uuid, at timestamptz, of_statuses text[], of_languages text[], of_skills text[], skip_last boolean)
			returns table (application_id uuid, reference text, account_id text, cardholder_id text, status text, version integer,
				fence bigint, priority smallint, due_at timestamptz)
			language plpgsql security definer set search_path = public, pg_temp as $$
			#variable_conflict use_column
			declare
				own text := (select cardholder_id from staff where id = seeker);
				supervises boolean := (select role = 'supervisor' from staff where id = seeker);
			begin
				perform demand_own_desk(seeker);
				-- What is late comes before every class, so that nobody waits for ever.
				return query
					select a.id, a.reference, a.account_id, a.cardholder_id, a.status, a.version, r.fence, r.priority, r.due_at
					from review r join application a on a.id = r.application_id
					where r.closed_at is null and not r.in_hand and r.assigned_to is null
						and r.paused_at is null and (supervises or r.referred_at is null)
						and r.due_at <= at and a.status = any (of_statuses)
						and (of_languages is null or r.language = any (of_languages))
						and (of_skills is null or r.skill = any (of_skills))
						and (not skip_last or r.staff_id is distinct from seeker)
						and (own is null or a.cardholder_id <> own)
						and not exists (select from approval p where p.application_id = r.application_id and p.closed_at is null)
						and not exists (select from application_hand h
							where h.application_id = r.application_id and h.staff_id = seeker)
						and not exists (select from review_taking t
							where t.application_id = r.application_id and t.staff_id = seeker and t.taken_by = 'own_choice')
					order by r.due_at, r.application_id
					limit 1 for update of r, a skip locked;
				if found then
					return;
				end if;
				return query
					select a.id, a.reference, a.account_id, a.cardholder_id, a.status, a.version, r.fence, r.priority, r.due_at
					from review r join application a on a.id = r.application_id
					where r.closed_at is null and not r.in_hand and r.assigned_to is null
						and r.paused_at is null and (supervises or r.referred_at is null)
						and a.status = any (of_statuses)
						and (of_languages is null or r.language = any (of_languages))
						and (of_skills is null or r.skill = any (of_skills))
						and (not skip_last or r.staff_id is distinct from seeker)
						and (own is null or a.cardholder_id <> own)
						and not exists (select from approval p where p.application_id = r.application_id and p.closed_at is null)
						and not exists (select from application_hand h
							where h.application_id = r.application_id and h.staff_id = seeker)
						and not exists (select from review_taking t
							where t.application_id = r.application_id and t.staff_id = seeker and t.taken_by = 'own_choice')
					order by r.priority, r.due_at, r.application_id
					limit 1 for update of r, a skip locked;
			end $$;
	`.execute(db);
	for (const [table, rules] of Object.entries(RULES)) {
		await sql`alter table ${sql.table(table)} enable row level security`.execute(db);
		await sql`create policy system on ${sql.table(table)} using ((select portal_who()) = 'system')
			with check ((select portal_who()) = 'system')`.execute(db);
		for (const [name, clause] of Object.entries(rules)) {
			await sql`create policy ${sql.id(name)} on ${sql.table(table)} ${sql.raw(clause)}`.execute(db);
		}
	}
}

const CARDHOLDER = `(select portal_who()) = 'cardholder'`;
const DESK = `(select portal_who()) in ('agent', 'supervisor')`;
const OWN = `${CARDHOLDER} and cardholder_id = (select portal_person())`;
const OF_OWN_APPLICATION = `${CARDHOLDER} and application_id in
	(select id from application where cardholder_id = (select portal_person()))`;
const OF_SENT = `${DESK} and exists (select from application a where a.id = application_id and a.status <> 'draft')`;

const read = (rows: string) => `for select using (${rows})`;
const change = (rows: string) => `for update using (${rows}) with check (${rows})`;
const add = (rows: string) => `for insert with check (${rows})`;

/** What is asked is the desk's to write, and the cardholder's to read and to answer. */
const ASKED = {
	own_read: read(OF_OWN_APPLICATION),
	own_answer: change(OF_OWN_APPLICATION),
	desk_read: read(OF_SENT),
	desk_ask: add(OF_SENT),
};

const RULES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	information_request: ASKED,
	information_item: ASKED,
	contact_hold: {
		own_read: read(OWN),
		desk_read: read(DESK),
		desk_set: add(OF_SENT),
		desk_end: change(OF_SENT),
	},
};
