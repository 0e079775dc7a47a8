import { type Kysely, sql } from 'kysely';

/**
 * Of the decisions a share, drawn at random, is looked at a second time by somebody who does not know how they were decided. What
 * comes of it changes nothing for the cardholder: it tells the bank how far two people agree.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table second_review (
			id uuid primary key default gen_random_uuid(),
			application_id uuid not null references application (id),
			decision_id uuid not null unique references decision (id),
			drawn_at timestamptz not null,
			staff_id uuid references staff (id),
			outcome text check (outcome in ('approved', 'declined', 'counter_offered')),
			reason_code text,
			note text not null default '' check (length(note) <= 2000),
			at timestamptz,
			check ((staff_id is null) = (at is null) and (staff_id is null) = (outcome is null)),
			check ((outcome is not distinct from 'declined') = (reason_code is not null))
		);
		create index second_review_open on second_review (drawn_at) where at is null;
		create index second_review_at on second_review (at) where at is not null;

		create function second_review_by_other_eyes() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				if tg_op = 'DELETE' or old.at is not null
					or to_jsonb(old) - '{staff_id,outcome,reason_code,note,at}'::text[]
						is distinct from to_jsonb(new) - '{staff_id,outcome,reason_code,note,at}'::text[] then
					raise exception 'a second look is written once, and nothing else of it changes'
						using errcode = 'restrict_violation';
				end if;
				if exists (select from decision d where d.application_id = new.application_id
						and new.staff_id in (d.staff_id, d.first_staff_id))
					or exists (select from application_hand h
						where h.application_id = new.application_id and h.staff_id = new.staff_id)
					or exists (select from application a join staff s on s.id = new.staff_id
						where a.id = new.application_id and a.cardholder_id = s.cardholder_id) then
					raise exception 'nobody takes a second look at what they decided or had a hand in'
						using errcode = 'restrict_violation';
				end if;
				return new;
			end $$;
		create trigger second_review_by_other_eyes before update or delete on second_review
			for each row execute function second_review_by_other_eyes();

		alter table second_review enable row level security;
	`.execute(db);
	await sql`create policy system on second_review using ((select portal_who()) = 'system')
		with check ((select portal_who()) = 'system')`.execute(db);
	await sql`create policy desk on second_review using ((select portal_who()) in ('agent', 'supervisor'))
		with check ((select portal_who()) in ('agent', 'supervisor'))`.execute(db);
	await sql`insert into setting (key, value) values ('second_review', '{"percent": 5}') on conflict (key) do nothing`.execute(
		db,
	);
}
