import { type Kysely, sql } from 'kysely';

/**
 * The usual taking in one statement: what "take next" does by several, where only the free reviews come into question. It writes
 * the same rows. What asks for a comparison (a review set apart, proposed to a second approver, or left by somebody and
 * due before the first of the free) it leaves alone: then it writes nothing, and the longer way is gone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- A review in hand already is given again; no row where the longer way is to be gone.
		create function take_free_review(seeker uuid, asked_at timestamptz, of_statuses text[])
			returns table (application_id uuid, reference text, fence bigint, lease_expires_at timestamptz)
			-- Planned for a few of the callers' values alone, half of it would be planned anew each time.
			language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
			#variable_conflict use_column
			declare
				own record;
				seen record;
				free record;
				given_fence bigint;
				until timestamptz;
			begin
				-- The longer way has nothing for who is not of the desk.
				if portal_who() not in ('agent', 'supervisor', 'system') then
					return;
				end if;
				perform demand_own_desk(seeker);
				-- Of two clicks at once the second waits here, and then finds what the first took.
				select s.role, s.cardholder_id, s.languages, s.skills,
						(select (value ->> 'leaseMinutes')::integer from setting where key = 'review') as minutes
					into own from staff s
					where s.id = seeker and s.role in ('agent', 'supervisor') and s.disabled_at is null
					for no key update of s;
				-- A setting that makes no sense is for the longer way to refuse.
				if not found or own.minutes is null or own.minutes not between 1 and 480 then
					return;
				end if;

				select
					(select r.application_id from review r
						where r.closed_at is null and r.in_hand and r.staff_id = seeker and r.lease_expires_at > asked_at
						order by r.taken_at desc limit 1) as held,
					exists (select from review r where r.closed_at is null and r.assigned_to = seeker)
						or own.role = 'supervisor' and exists (select from approval p where p.closed_at is null) as is_compared,
					exists (select from review r
							where r.closed_at is null and r.in_hand and r.assigned_to is null and r.lease_expires_at <= asked_at)
						or exists (select from review r join staff s on s.id = r.assigned_to
							where r.closed_at is null and r.assigned_to is not null
								and (s.disabled_at is not null or s.role not in ('agent', 'supervisor'))) as is_left,
					coalesce((select r.due_at from review r where r.closed_at is null and not r.in_hand and r.assigned_to is null
						order by r.due_at, r.application_id limit 1) <= asked_at, false) as is_late
					into seen;
				if seen.held is not null then
					return query select r.application_id, a.reference, r.fence, r.lease_expires_at
						from review r join application a on a.id = r.application_id where r.application_id = seen.held;
					return;
				end if;
				if seen.is_compared then
					return;
				end if;

				-- What is late comes before every class, so that nobody waits for ever.
				if seen.is_late then
					select ${FREE} and r.due_at <= asked_at
						order by r.due_at, r.application_id limit 1 for update of r, a skip locked;
				end if;
				if not seen.is_late or not found then
					select ${FREE}
						order by r.priority, r.due_at, r.application_id limit 1 for update of r, a skip locked;
				end if;
				if not found then
					return;
				end if;
				if seen.is_left and exists (
					select from (
						select r.application_id, r.priority, r.due_at from review r
							where r.closed_at is null and r.in_hand and r.assigned_to is null and r.lease_expires_at <= asked_at
						union all
						select r.application_id, r.priority, r.due_at from review r join staff s on s.id = r.assigned_to
							where r.closed_at is null and r.assigned_to is not null
								and (s.disabled_at is not null or s.role not in ('agent', 'supervisor'))
					) l
					where (l.due_at > asked_at, case when l.due_at > asked_at then l.priority else 0 end, l.due_at, l.application_id)
						< (free.due_at > asked_at, case when free.due_at > asked_at then free.priority else 0 end,
							free.due_at, free.application_id)) then
					return;
				end if;

				until := asked_at + make_interval(mins => own.minutes);
				update review r set staff_id = seeker, taken_at = asked_at, lease_expires_at = until, fence = r.fence + 1
					where r.application_id = free.application_id
					returning r.fence into given_fence;
				insert into review_taking (application_id, fence, staff_id, at, taken_by)
					values (free.application_id, given_fence, seeker, asked_at, 'queue');
				if free.status = 'submitted' then
					update application a set status = 'in_review', updated_at = asked_at where a.id = free.application_id;
				end if;
				insert into audit_log (actor_kind, actor_id, action, subject_kind, subject_id, cardholder_id, detail)
					select 'staff', seeker, d.action, 'application', free.application_id, free.cardholder_id, d.detail
					from (values
						(free.status = 'submitted', 'application.moved_to_in_review',
							jsonb_build_object('from', free.status, 'reference', free.reference)),
						(true, 'review.taken', jsonb_build_object('fence', given_fence, 'takenBy', 'queue', 'assignedBy', null))
					) d (is_done, action, detail)
					where d.is_done;
				return query select free.application_id, free.reference, given_fence, until;
			end $$;
	`.execute(db);
}

/**
 * What is free for whoever asks: to the end of its condition. Given is what they know and what nobody who works here knows, so that
 * no case waits for a person who does not exist; what they put back comes last, by the longer way.
 */
const FREE = sql`
	r.application_id, a.reference, a.cardholder_id, a.status, r.priority, r.due_at into free
	from review r join application a on a.id = r.application_id
	where r.closed_at is null and not r.in_hand and r.assigned_to is null
		and r.paused_at is null and (own.role = 'supervisor' or r.referred_at is null)
		and a.status = any (of_statuses)
		and (r.language = any (own.languages) or not exists (select from staff c where r.language = any (c.languages)
			and c.role in ('agent', 'supervisor') and c.enrolled_at is not null and c.disabled_at is null))
		and (r.skill = '' or r.skill = any (own.skills) or not exists (select from staff c where r.skill = any (c.skills)
			and c.role in ('agent', 'supervisor') and c.enrolled_at is not null and c.disabled_at is null))
		and r.staff_id is distinct from seeker
		and (own.cardholder_id is null or a.cardholder_id <> own.cardholder_id)
		and not exists (select from approval p where p.application_id = r.application_id and p.closed_at is null)
		and not exists (select from application_hand h
			where h.application_id = r.application_id and h.staff_id = seeker)
		and not exists (select from review_taking t
			where t.application_id = r.application_id and t.staff_id = seeker and t.taken_by = 'own_choice')`;
