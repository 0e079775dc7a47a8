import { type Kysely, sql } from 'kysely';

/**
 * What the supervisor's overview counts over a range of days, found by its day; and instalments, which supervisors count and
 * nobody else of the staff sees.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create index review_came on review (queued_at);
		create index review_left on review (closed_at) where closed_at is not null;
		create index review_taking_at on review_taking (at);
		create index decision_at on decision (decided_at, outcome);
		create index counter_offer_answered on counter_offer (answered_at) where answer is not null;
		create index agreement_ended on agreement (ended_at) where ended_at is not null;
		create index agreement_waiting on agreement (offered_at) where status = 'offered';
		create index approval_closed on approval (closed_at) where closed_at is not null;

		create policy supervisor_counts on agreement_instalment for select
			using ((select portal_who()) = 'supervisor');
	`.execute(db);
}
