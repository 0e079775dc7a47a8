import { type Kysely, sql } from 'kysely';

/**
 * Evidence is encrypted with a key of its application's own, which stands here wrapped under the master key. What was kept before has
 * no key: it is plain until the keys are changed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table evidence_key (
			id uuid primary key default gen_random_uuid(),
			application_id uuid not null references application (id),
			wrapped bytea not null,
			created_at timestamptz not null default now(),
			retired_at timestamptz
		);
		create unique index evidence_key_current on evidence_key (application_id) where retired_at is null;
		alter table evidence
			add column evidence_key_id uuid references evidence_key (id),
			add column page_count integer not null default 1 check (page_count > 0);
		create index evidence_by_key on evidence (evidence_key_id);
	`.execute(db);
}
