import { type Kysely, sql } from 'kysely';

/**
 * The desk hears what changes: whatever changes the queue or a sent application announces it as it commits, on the channel `desk`
 * and by the application's id alone. Who looks at which case stands in a table of its own, announced on `desk_view`; a lease that
 * is only renewed changes nothing that anybody sees.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Transactions that announce commit one after another, each waiting for the disk by itself. So of those that run at once one
		-- alone announces, and whoever hears it looks again a moment later, when the others have committed too.
		create function announce_to_desk(of_application uuid) returns void language plpgsql as $$
			begin
				if pg_try_advisory_xact_lock(hashtextextended('announce to the desk', 0)) then
					perform pg_notify('desk', of_application::text);
				end if;
			end $$;
		create function announce_review() returns trigger language plpgsql as $$
			begin
				perform announce_to_desk(new.application_id);
				return null;
			end $$;
		create trigger review_is_announced after insert on review
			for each row execute function announce_review();
		create trigger review_change_is_announced after update on review
			for each row when ((old.fence, old.staff_id, old.closed_at, old.assigned_to, old.queued_at, old.lease_expires_at is null)
				is distinct from (new.fence, new.staff_id, new.closed_at, new.assigned_to, new.queued_at, new.lease_expires_at is null))
			execute function announce_review();

		create function announce_application() returns trigger language plpgsql as $$
			begin
				perform announce_to_desk(new.id);
				return null;
			end $$;
		create trigger application_is_announced after update on application
			for each row when (new.status <> 'draft'
				and (old.status, old.version) is distinct from (new.status, new.version))
			execute function announce_application();

		create table case_view (
			application_id uuid not null references application (id),
			staff_id uuid not null references staff (id),
			seen_at timestamptz not null,
			primary key (application_id, staff_id)
		);
		create index case_view_seen on case_view (seen_at);
		alter table case_view enable row level security;
		create policy system on case_view using ((select portal_who()) = 'system')
			with check ((select portal_who()) = 'system');
		create policy desk_reads on case_view for select using ((select portal_who()) in ('agent', 'supervisor'));
		create policy desk_looks on case_view for insert
			with check ((select portal_who()) in ('agent', 'supervisor') and staff_id::text = (select portal_person()));
		create policy desk_goes_on_looking on case_view for update
			using ((select portal_who()) in ('agent', 'supervisor') and staff_id::text = (select portal_person()))
			with check (staff_id::text = (select portal_person()));
		-- What a process left behind that was killed goes with the next that looks at anything.
		create policy desk_turns_away on case_view for delete using ((select portal_who()) in ('agent', 'supervisor')
			and (staff_id::text = (select portal_person()) or seen_at < now() - interval '2 minutes'));

		create function announce_view() returns trigger language plpgsql as $$
			begin
				perform pg_notify('desk_view', coalesce(new.application_id, old.application_id)::text);
				return null;
			end $$;
		create trigger case_view_is_announced after insert or delete on case_view
			for each row execute function announce_view();
	`.execute(db);
}
