import { type Kysely, sql } from 'kysely';

/**
 * A second look is blind: whoever has read the case since its first decision, or since what the first of two proposed, takes none.
 * Any case of the same person counts, as each page of theirs lists what became of the others. Reading is known from the audit
 * log, whose order of lines is the order of the deeds, whatever the clocks said.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function has_read_outcome(of_application uuid, reader uuid) returns boolean
			language sql stable set search_path = public, pg_temp as $$
			select exists (
				select from application a join audit_log l on l.cardholder_id = a.cardholder_id
				where a.id = of_application and l.action = 'application.viewed' and l.actor_kind = 'staff'
				and l.actor_id = reader::text and l.id > (
					select min(d.id) from audit_log d where d.subject_kind = 'application'
					and d.subject_id = of_application::text and d.action in ('approval.proposed', 'application.decided')
				)
			) $$;

		create function second_review_is_blind() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				if has_read_outcome(new.application_id, new.staff_id) then
					raise exception 'nobody takes a second look at what they have read the outcome of'
						using errcode = 'restrict_violation';
				end if;
				return new;
			end $$;
		create trigger second_review_is_blind before update on second_review
			for each row execute function second_review_is_blind();
	`.execute(db);
}
