import { sql } from 'kysely';
import { QUEUED_STATUSES } from '#lib/domain/review/queue-policy.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { KEPT_PLAN } from '#lib/server/db/kept-plan.ts';

/** What somebody has in hand after it: had already, or was given now. */
export interface InHand {
	readonly applicationId: string;
	readonly reference: string;
	readonly fence: number;
	readonly leaseExpiresAt: Date;
}

/**
 * Takes the first of the free for somebody, with its lease, its record and its entries in the audit log, in the one statement
 * that is its own transaction; what they have in hand already is given again. Undefined, and nothing written, where
 * there is none, or more than the free comes into question. The function behind it stands in the migration that takes in one.
 */
export async function takeFree(db: Db, { staffId, at }: { staffId: string; at: Date }): Promise<InHand | undefined> {
	const { rows } = await sql<InHand>`
		select application_id as "applicationId", reference, fence, lease_expires_at as "leaseExpiresAt"
		from take_free_review(${staffId}, ${at}, ${QUEUED_STATUSES}) ${KEPT_PLAN}`.execute(db);
	return rows[0];
}
