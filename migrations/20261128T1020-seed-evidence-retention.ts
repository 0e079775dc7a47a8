import { type Kysely, sql } from 'kysely';

/** In days after the agreement's end (approved), the decision or the withdrawal: five years as banks keep credit files, time to object. */
const DAYS = { approved: 1825, declined: 180, withdrawn: 30, expired_draft: 0 };
const RETENTION = { reason: DAYS, income: DAYS, other: DAYS };

/**
 * For how long evidence is kept, until the bank writes its own; what was removed before is a tombstone like those to come: no name
 * and no key. A cardholder learns on which days their documents were looked at, and nothing else of the audit log.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		insert into setting (key, value) values ('evidence_retention', ${JSON.stringify(RETENTION)}::jsonb)
		on conflict (key) do nothing`.execute(db);
	await sql`
		update evidence set file_name = '', evidence_key_id = null where removed_at is not null;
		update evidence_upload u set file_name = '' from evidence e where e.id = u.evidence_id and e.removed_at is not null;
		create index evidence_by_person on evidence (cardholder_id);
		create function own_evidence_looks() returns table (evidence_id text, at timestamptz)
			language sql stable security definer set search_path = public, pg_temp as $$
			select l.subject_id, l.at from audit_log l
			where portal_who() = 'cardholder' and l.cardholder_id = portal_person()
				and l.action = 'evidence.opened' and l.actor_kind = 'staff'
		$$;
	`.execute(db);
}
