import { type Kysely, sql } from 'kysely';

/** What is checked before an approval and what a decline says are changed like products: one proposes, a second person consents. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table desk_rule_proposal (
			id uuid primary key default gen_random_uuid(),
			key text not null check (key in ('checks', 'decline_letters')),
			-- The mark of what was in force when it was made: it is put into force on that or not at all.
			base_mark text not null,
			value jsonb not null,
			note text not null default '' check (length(note) <= 1000),
			status text not null default 'proposed' check (status in ('proposed', 'published', 'rejected', 'withdrawn')),
			proposed_by uuid not null references staff (id),
			proposed_at timestamptz not null,
			decided_by uuid references staff (id),
			decided_at timestamptz,
			decision_note text not null default '' check (length(decision_note) <= 1000),
			check ((status = 'proposed') = (decided_by is null)),
			check (decided_by is null or (decided_by = proposed_by) = (status = 'withdrawn'))
		);
		create unique index desk_rule_proposal_open on desk_rule_proposal (key) where status = 'proposed';
	`.execute(db);
}
