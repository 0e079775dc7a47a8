import { type Kysely, sql } from 'kysely';

/**
 * Four eyes, held to by the database as well: how each case came into somebody's hands, proposals that wait for a second
 * approver, and decisions with both names. The functions run with their owner's rights, so that what a connection cannot
 * see is no gap in them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- For whom a supervisor set a waiting case apart.
		alter table review add column assigned_to uuid references staff (id);
		alter table review add column assigned_by uuid references staff (id);
		alter table review add constraint review_assigned_by_another
			check ((assigned_to is null) = (assigned_by is null) and assigned_to <> assigned_by);

		create table review_taking (
			application_id uuid not null references application (id),
			fence bigint not null,
			staff_id uuid not null references staff (id),
			taken_by text not null check (taken_by in ('queue', 'own_choice', 'again', 'assigned')),
			assigned_by uuid references staff (id),
			at timestamptz not null,
			primary key (application_id, fence),
			check ((taken_by = 'assigned') = (assigned_by is not null)),
			check (assigned_by <> staff_id)
		);
		create index review_taking_chosen on review_taking (application_id, staff_id) where taken_by = 'own_choice';
		create trigger review_taking_never_changes before update or delete on review_taking
			for each row execute function refuse_change();
		-- What was in hand before this was recorded counts as given by the queue.
		insert into review_taking (application_id, fence, staff_id, taken_by, at)
			select application_id, fence, staff_id, 'queue', coalesce(taken_at, queued_at) from review
			where staff_id is not null and fence > 0;

		create table approval (
			id uuid primary key default gen_random_uuid(),
			application_id uuid not null references application (id),
			proposes text not null check (proposes in ('approved', 'counter_offered')),
			-- What is approved; an offer has its quote once it is made.
			quote_id uuid references quote (id),
			plan jsonb not null,
			first_staff_id uuid not null references staff (id),
			fence bigint not null,
			words text not null,
			note text not null,
			checked jsonb not null,
			seen jsonb not null,
			inputs jsonb not null,
			proposed_at timestamptz not null,
			closed_at timestamptz,
			closed_as text check (closed_as in ('given', 'returned', 'overruled', 'changed', 'withdrawn')),
			closed_by uuid references staff (id),
			check ((proposes = 'approved') = (quote_id is not null)),
			check ((closed_at is null) = (closed_as is null)),
			check (closed_by is null or closed_at is not null)
		);
		create unique index approval_open on approval (application_id) where closed_at is null;
		create index approval_application on approval (application_id, proposed_at);

		create function approval_only_closes() returns trigger language plpgsql as $$
			begin
				if tg_op = 'DELETE' or old.closed_at is not null
					or to_jsonb(old) - '{closed_at,closed_as,closed_by}'::text[]
						is distinct from to_jsonb(new) - '{closed_at,closed_as,closed_by}'::text[] then
					raise exception 'a proposal is closed once, and nothing else of it changes'
						using errcode = 'restrict_violation';
				end if;
				return new;
			end $$;
		create trigger approval_only_closes before update or delete on approval
			for each row execute function approval_only_closes();

		-- Withdrawn by its cardholder, who sees nothing of it, an application takes what waits for a second approver along.
		create function end_approval_with_review() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				update approval set closed_at = new.closed_at, closed_as = 'withdrawn'
				where application_id = new.application_id and closed_at is null;
				return null;
			end $$;
		create trigger approval_ends_with_review after update on review
			for each row when (old.closed_at is null and new.closed_at is not null)
			execute function end_approval_with_review();

		alter table decision add column first_staff_id uuid references staff (id);
		alter table decision add column approval_id uuid unique references approval (id);
		alter table decision add constraint decision_by_two
			check ((first_staff_id is null) = (approval_id is null) and first_staff_id <> staff_id);

		-- Whether a plan reaches the amount from which its product asks for a second approver.
		create function needs_second_approver(of_quote uuid) returns boolean
			language sql stable security definer set search_path = public, pg_temp as $$
			select p.terms ->> 'secondApproverFrom' is not null
				and coalesce((q.terms ->> 'principal')::numeric >= (p.terms ->> 'secondApproverFrom')::numeric, true)
			from quote q join product p on p.code = q.product_code and p.version = q.product_version
			where q.id = of_quote $$;

		-- Refuses a deed to whoever stands too close to an application, or does not have it by this taking.
		create function demand_other_eyes(of_application uuid, person uuid, by_fence bigint) returns void
			language plpgsql stable security definer set search_path = public, pg_temp as $$
			begin
				if exists (select from application_hand h where h.application_id = of_application and h.staff_id = person)
					or exists (select from application a join staff s on s.id = person
						where a.id = of_application and a.cardholder_id = s.cardholder_id) then
					raise exception 'nobody decides an application they had a hand in making'
						using errcode = 'restrict_violation';
				end if;
				if exists (select from review_taking t
						where t.application_id = of_application and t.staff_id = person and t.taken_by = 'own_choice') then
					raise exception 'nobody decides an application that they chose for themselves'
						using errcode = 'restrict_violation';
				end if;
				if not exists (select from review_taking t
						where t.application_id = of_application and t.staff_id = person and t.fence = by_fence) then
					raise exception 'nobody decides an application that was never in their hands'
						using errcode = 'restrict_violation';
				end if;
			end $$;

		create function refuse_own_proposal() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				perform demand_other_eyes(new.application_id, new.first_staff_id, new.fence);
				return new;
			end $$;
		create trigger approval_by_other_eyes before insert on approval
			for each row execute function refuse_own_proposal();

		create or replace function refuse_own_decision() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			declare
				proposed approval;
				asked_for uuid;
			begin
				perform demand_other_eyes(new.application_id, new.staff_id, new.fence);
				select quote_id into asked_for from application where id = new.application_id;
				if new.approval_id is not null then
					select * into proposed from approval where id = new.approval_id;
					if proposed.application_id <> new.application_id or proposed.first_staff_id <> new.first_staff_id
						or proposed.proposes <> new.outcome or proposed.closed_at is not null
						or (new.outcome = 'approved' and proposed.quote_id is distinct from asked_for) then
						raise exception 'a second approver approves what the first proposed'
							using errcode = 'restrict_violation';
					end if;
					perform demand_other_eyes(new.application_id, proposed.first_staff_id, proposed.fence);
					if not exists (select from staff s where s.id = new.staff_id and s.role = 'supervisor') then
						raise exception 'a second approver is a supervisor' using errcode = 'restrict_violation';
					end if;
				elsif new.outcome = 'approved' and needs_second_approver(asked_for) then
					raise exception 'a plan of this amount is approved by two people' using errcode = 'restrict_violation';
				end if;
				return new;
			end $$;

		-- An offer gets its quote after its decision, so that its amount is looked at here.
		create function refuse_offer_by_one() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				if needs_second_approver(new.quote_id) and not exists (
					select from decision d join approval p on p.id = d.approval_id join quote q on q.id = new.quote_id
					where d.id = new.decision_id and p.plan = jsonb_build_object(
						'productCode', q.product_code, 'productVersion', q.product_version,
						'instalments', q.terms -> 'instalments', 'deferralMonths', q.terms -> 'deferralMonths',
						'firstDueDate', q.terms -> 'firstDueDate')) then
					raise exception 'a plan of this amount is offered by two people' using errcode = 'restrict_violation';
				end if;
				return new;
			end $$;
		create trigger counter_offer_by_two before insert on counter_offer
			for each row execute function refuse_offer_by_one();

		-- Whatever the way to it: no agreement over such an amount on the word of one.
		create function refuse_agreement_by_one() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				if needs_second_approver(new.quote_id) and not exists (
					select from decision d join approval p on p.id = d.approval_id
						left join counter_offer c on c.decision_id = d.id
					where d.application_id = new.application_id and new.quote_id in (p.quote_id, c.quote_id)) then
					raise exception 'a plan of this amount is agreed to by two people' using errcode = 'restrict_violation';
				end if;
				return new;
			end $$;
		create trigger agreement_by_two before insert on agreement
			for each row execute function refuse_agreement_by_one();
	`.execute(db);
}
