import { type Kysely, sql } from 'kysely';

/**
 * A cardholder objects to a decline, once; whoever decided before is kept away from it by the same rows that keep away who had a
 * hand in an application, and what the second look decides is final. Beside it each decision holds the facts by which like cases
 * are found.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table objection (
			id uuid primary key default gen_random_uuid(),
			application_id uuid not null unique references application (id),
			decision_id uuid not null unique references decision (id),
			cardholder_id text not null references cardholder (id),
			words text not null check (words <> '' and length(words) <= 2000),
			at timestamptz not null,
			answer_by date not null,
			closed_at timestamptz,
			outcome text check (outcome in ('upheld', 'changed', 'withdrawn')),
			check ((closed_at is null) = (outcome is null))
		);
		create index objection_open on objection (answer_by) where closed_at is null;

		create function objection_only_closes() returns trigger language plpgsql as $$
			begin
				if tg_op = 'DELETE' or old.closed_at is not null
					or to_jsonb(old) - '{closed_at,outcome}'::text[]
						is distinct from to_jsonb(new) - '{closed_at,outcome}'::text[] then
					raise exception 'an objection is closed once, and nothing else of it changes'
						using errcode = 'restrict_violation';
				end if;
				return new;
			end $$;
		create trigger objection_only_closes before update or delete on objection
			for each row execute function objection_only_closes();

		alter table application_hand drop constraint application_hand_hand_check;
		alter table application_hand add constraint application_hand_hand_check check (hand in ('made', 'edited', 'decided'));

		-- Runs with its owner's rights: the cardholder who objects sees nobody of the staff.
		create function keep_deciders_away() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				if not exists (select from decision d join application a on a.id = d.application_id
						where d.id = new.decision_id and d.application_id = new.application_id and d.outcome = 'declined'
							and a.cardholder_id = new.cardholder_id and a.status = 'declined') then
					raise exception 'an objection is to the decline of the cardholder''s own application'
						using errcode = 'restrict_violation';
				end if;
				insert into application_hand (application_id, staff_id, hand, at)
					select new.application_id, s.id, 'decided', new.at
					from decision d join staff s on s.id in (d.staff_id, d.first_staff_id)
					where d.id = new.decision_id;
				return null;
			end $$;
		create trigger objection_keeps_deciders_away after insert on objection
			for each row execute function keep_deciders_away();

		create function end_objection_with_application() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				update objection set closed_at = new.withdrawn_at, outcome = 'withdrawn'
				where application_id = new.id and closed_at is null;
				return null;
			end $$;
		create trigger objection_ends_with_application after update of status on application
			for each row when (new.status = 'withdrawn' and old.status <> 'withdrawn')
			execute function end_objection_with_application();

		alter table decision
			-- The objection that it comes after; at most one final decision before it, and one after.
			add column objection_id uuid references objection (id),
			-- By what like cases are found: the reason, what was owed in all in minor units, and for how many days.
			add column reason text,
			add column currency text,
			add column owed_total bigint,
			add column days_past_due integer;
		drop index decision_final;
		create unique index decision_final on decision (application_id, objection_id) nulls not distinct
			where outcome in ('approved', 'declined');
		create index decision_like on decision (reason, currency, days_past_due, owed_total, decided_at)
			include (outcome, reason_code) where owed_total is not null;

		create function answer_objection() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				select o.id into new.objection_id from objection o where o.application_id = new.application_id;
				return new;
			end $$;
		create trigger decision_answers_objection before insert on decision
			for each row execute function answer_objection();

		alter table decision disable trigger decision_never_changes;
		update decision d set reason = a.reason, currency = d.inputs ->> 'currency',
			owed_total = round((d.inputs #>> '{owed,totalOutstanding}')::numeric
				* power(10, length(split_part(d.inputs #>> '{owed,totalOutstanding}', '.', 2)))),
			days_past_due = (d.inputs #>> '{owed,daysPastDue}')::integer
			from application a where a.id = d.application_id;
		alter table decision enable trigger decision_never_changes;

		insert into application_move (from_status, to_status) values ('declined', 'submitted');

		alter table objection enable row level security;
	`.execute(db);
	await sql`create policy system on objection using ((select portal_who()) = 'system')
		with check ((select portal_who()) = 'system')`.execute(db);
	for (const [name, clause] of Object.entries(RULES)) {
		await sql`create policy ${sql.id(name)} on objection ${sql.raw(clause)}`.execute(db);
	}
	await sql`insert into setting (key, value) values ('objection', ${JSON.stringify(SETTING)}::jsonb)
		on conflict (key) do nothing`.execute(db);
}

const SETTING = { withinDays: 30, answerWorkingDays: 5 };

const OWN = `(select portal_who()) = 'cardholder' and cardholder_id = (select portal_person())`;
const DESK = `(select portal_who()) in ('agent', 'supervisor')`;

/** Who objects reads it and makes it; the desk reads it, and closes it with its answer. */
const RULES: Readonly<Record<string, string>> = {
	own_select: `for select using (${OWN})`,
	own_insert: `for insert with check (${OWN})`,
	desk_select: `for select using (${DESK})`,
	desk_update: `for update using (${DESK}) with check (${DESK})`,
};
