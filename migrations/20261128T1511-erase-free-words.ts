import { type Kysely, sql } from 'kysely';

/**
 * Free words go when what they are about goes: an agent's words on a page with the page, whoever makes it go, and what was asked
 * and answered on an application when the documents of no known kind go. What stays says that it was asked, and when.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function forget_words_on_page() returns trigger
			language plpgsql security definer set search_path = public, pg_temp as $$
			begin
				update evidence_check set words = '' where evidence_id = new.id and words <> '';
				return null;
			end $$;
		create trigger evidence_forgets_words after update of removed_at on evidence
			for each row when (new.removed_at is not null) execute function forget_words_on_page();
		update evidence_check c set words = '' from evidence e
			where e.id = c.evidence_id and e.removed_at is not null and c.words <> '';

		alter table information_request
			add column erased_at timestamptz,
			add constraint information_request_erased check
				(erased_at is null or (closed_at is not null and words = ''));
		create index information_request_kept on information_request (application_id) where erased_at is null;
		alter table information_item
			add column erased_at timestamptz,
			-- A question has words until it is erased.
			drop constraint information_item_check1,
			add constraint information_item_asks check (what = 'evidence' or words <> '' or erased_at is not null),
			add constraint information_item_erased check (erased_at is null or (words = '' and answer = ''));
	`.execute(db);
}
