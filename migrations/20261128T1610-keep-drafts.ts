import { type Kysely, sql } from 'kysely';

/**
 * What a cardholder has written into a form and not sent, of each form once for an account, with when it was typed: a save that
 * was overtaken on its way never covers newer words. It goes with the moment of its application in which the form stood.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table form_draft (
			cardholder_id text not null references cardholder (id),
			account_id text not null references account (id),
			form text not null check (form in ('answer', 'decline', 'objection', 'plans')),
			application_id uuid not null references application (id),
			subject_id uuid not null,
			fields jsonb not null check (jsonb_typeof(fields) = 'object'),
			typed_at timestamptz not null,
			saved_at timestamptz not null,
			primary key (cardholder_id, account_id, form)
		);
		create index form_draft_saved on form_draft (saved_at);
		create index form_draft_application on form_draft (application_id);

		alter table application add column situation_typed_at timestamptz;

		-- Runs with its owner's rights: whoever moves the application, and reads no draft, ends its drafts.
		create function end_drafts_with_move() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				delete from form_draft where application_id = new.id;
				return null;
			end $$;
		create trigger form_drafts_end_with_move after update of status on application
			for each row when (new.status <> old.status) execute function end_drafts_with_move();

		alter table form_draft enable row level security;
		create policy system on form_draft using ((select portal_who()) = 'system')
			with check ((select portal_who()) = 'system');
		create policy own on form_draft
			using ((select portal_who()) = 'cardholder' and cardholder_id = (select portal_person()))
			with check ((select portal_who()) = 'cardholder' and cardholder_id = (select portal_person()));
	`.execute(db);
}
