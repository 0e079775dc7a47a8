import { type Kysely, sql } from 'kysely';

/**
 * The queue follows a policy that is data: each review has its class, by when it is promised, and what whoever takes it must
 * know. And the legal moves of an application are the database's rule too: they stand in a table, and no other is made.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table staff
			add column languages text[] not null default '{zh-CN,en}'
				check (languages <> '{}' and array_position(languages, null) is null),
			add column skills text[] not null default '{}' check (array_position(skills, null) is null);

		alter table review
			-- The smallest comes first.
			add column priority smallint not null default 5 check (priority between 0 and 9),
			add column due_at timestamptz,
			add column language text not null default 'zh-CN',
			-- What whoever takes it must be skilled in; empty where nothing.
			add column skill text not null default '',
			-- Not the end of the lease itself stands in an index: each renewal would write it anew.
			add column in_hand boolean not null generated always as (lease_expires_at is not null) stored;
		update review r set language = a.locale from application a where a.id = r.application_id;
		update review set due_at = queued_at + make_interval(days =>
			(select (value ->> 'promisedWorkingDays')::integer from setting where key = 'review'));
		alter table review alter column due_at set not null;

		create index review_free on review (priority, due_at, application_id)
			where closed_at is null and not in_hand and assigned_to is null;
		create index review_free_due on review (due_at, application_id)
			where closed_at is null and not in_hand and assigned_to is null;
		-- Few at any time: of a person, and those whose lease ran out.
		create index review_in_hand on review (staff_id) where closed_at is null and in_hand;
		create index review_assigned on review (assigned_to) where closed_at is null and assigned_to is not null;
		drop index review_queue;
		create index review_open on review (due_at, application_id) where closed_at is null;
		-- A renewal finds room on its own page, and what was taken is cleared out of the head of the queue early.
		alter table review set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500,
			autovacuum_analyze_scale_factor = 0.02);

		-- The desk's busiest questions run with their owner's rights: with the walls of every table in them they would be planned
		-- anew each time, and as if next to nothing were behind the walls. They answer to the desk alone, and about oneself.
		create function demand_own_desk(seeker uuid) returns void language plpgsql stable as $$
			begin
				if portal_who() <> 'system'
					and (portal_who() not in ('agent', 'supervisor') or portal_person() <> seeker::text) then
					raise exception 'only who decides takes from the queue, each for themselves'
						using errcode = 'insufficient_privilege';
				end if;
			end $$;

		-- Locks the first of the free: what is late, then by class and by when it is due; what others lock at this moment is stepped over.
		create function lock_free_review(
			seeker uuid, at timestamptz, of_statuses text[], of_languages text[], of_skills text[], skip_last boolean)
			returns table (application_id uuid, reference text, account_id text, cardholder_id text, status text, version integer,
				fence bigint, priority smallint, due_at timestamptz)
			language plpgsql security definer set search_path = public, pg_temp as $$
			#variable_conflict use_column
			declare
				own text := (select cardholder_id from staff where id = seeker);
			begin
				perform demand_own_desk(seeker);
				-- What is late comes before every class, so that nobody waits for ever.
				return query
					select a.id, a.reference, a.account_id, a.cardholder_id, a.status, a.version, r.fence, r.priority, r.due_at
					from review r join application a on a.id = r.application_id
					where r.closed_at is null and not r.in_hand and r.assigned_to is null
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

		-- What somebody has in hand, what is set apart for them, what waits for a second approver, and what others left.
		create function special_reviews(seeker uuid, at timestamptz, most integer)
			returns table (application_id uuid, kind text, priority smallint, due_at timestamptz)
			language plpgsql stable security definer set search_path = public, pg_temp as $$
			#variable_conflict use_column
			begin
				perform demand_own_desk(seeker);
				return query
					(select r.application_id, 'held', r.priority, r.due_at from review r
						where r.closed_at is null and r.in_hand and r.staff_id = seeker and r.lease_expires_at > at limit 1)
					union all
					(select r.application_id, 'assigned', r.priority, r.due_at from review r
						where r.closed_at is null and r.assigned_to = seeker
						order by r.due_at > at, case when r.due_at > at then r.priority end, r.due_at limit most)
					union all
					(select r.application_id, 'left', r.priority, r.due_at from review r
						where r.closed_at is null and r.in_hand and r.assigned_to is null and r.lease_expires_at <= at
						order by r.due_at > at, case when r.due_at > at then r.priority end, r.due_at limit most)
					union all
					(select r.application_id, 'left', r.priority, r.due_at from review r join staff s on s.id = r.assigned_to
						where r.closed_at is null and r.assigned_to is not null
							and (s.disabled_at is not null or s.role not in ('agent', 'supervisor'))
						order by r.due_at > at, case when r.due_at > at then r.priority end, r.due_at limit most);
				if (select role from staff where id = seeker) = 'supervisor' then
					return query
						select r.application_id, 'second', r.priority, r.due_at
						from approval p join review r on r.application_id = p.application_id
						where p.closed_at is null and r.closed_at is null and p.first_staff_id <> seeker
						order by r.due_at > at, case when r.due_at > at then r.priority end, r.due_at limit most;
				end if;
			end $$;

		create table application_move (
			from_status text not null,
			to_status text not null check (to_status <> from_status),
			primary key (from_status, to_status)
		);
		insert into application_move (from_status, to_status) values
			('draft', 'submitted'), ('draft', 'withdrawn'),
			('submitted', 'in_review'), ('submitted', 'withdrawn'),
			('in_review', 'submitted'), ('in_review', 'counter_offered'), ('in_review', 'approved'),
			('in_review', 'declined'), ('in_review', 'withdrawn'),
			('counter_offered', 'approved'), ('counter_offered', 'submitted'), ('counter_offered', 'withdrawn');

		create function refuse_illegal_move() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				if tg_op = 'INSERT' then
					if new.status <> 'draft' then
						raise exception 'an application begins as a draft, not as %', new.status
							using errcode = 'restrict_violation';
					end if;
				elsif not exists (select from application_move m
						where m.from_status = old.status and m.to_status = new.status) then
					raise exception 'an application does not move from % to %', old.status, new.status
						using errcode = 'restrict_violation';
				end if;
				return new;
			end $$;
		create trigger application_begins after insert on application
			for each row execute function refuse_illegal_move();
		create trigger application_moves before update of status on application
			for each row when (old.status is distinct from new.status) execute function refuse_illegal_move();
	`.execute(db);
	await sql`insert into setting (key, value) values ('queue', ${JSON.stringify(POLICY)}::jsonb)`.execute(db);
}

/** The bank's order to begin with: who has lost everything first, then large amounts, which ask for somebody practised in them. */
const POLICY = {
	priorities: [
		{ when: { reasons: ['death_of_earner', 'disaster'] }, priority: 2 },
		{ when: { reasons: ['illness_or_injury'] }, priority: 3 },
		{ when: { needsSecond: true }, priority: 4 },
		{ when: { amountFrom: { CNY: '100000.00' } }, priority: 4 },
	],
	otherwise: 5,
	promisedWorkingDays: { '2': 1, '3': 2 },
	skills: [{ when: { amountFrom: { CNY: '200000.00' } }, skill: 'large_amounts' }],
};
