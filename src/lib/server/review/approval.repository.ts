import { sql } from 'kysely';
import type { Proposal, ProposalEnd } from '#lib/domain/review/approval.ts';
import type { ExceptedRule } from '#lib/domain/review/exception.ts';
import type { Seen } from '#lib/domain/review/seen.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** What the first of two decided, and what came of it. */
export interface ApprovalRow extends Proposal {
	readonly id: string;
	readonly firstName: string;
	readonly words: string;
	readonly note: string;
	readonly checked: readonly string[];
	/** To which rules of its product it makes an exception; the note says why. */
	readonly exceptions: readonly ExceptedRule[];
	/** What the first had before them. */
	readonly seen: Seen;
	readonly proposedAt: Date;
	/** How it ended; null while it waits for the second. */
	readonly closedAs: ProposalEnd | null;
	readonly closedAt: Date | null;
}

/** A proposal to be kept; `inputs` is what it was made on, as JSON. */
export interface NewApproval extends Proposal {
	readonly applicationId: string;
	readonly fence: number;
	readonly words: string;
	readonly note: string;
	readonly checked: readonly string[];
	readonly seen: Seen;
	readonly inputs: object;
	readonly at: Date;
}

export async function insertApproval(trx: Trx, approval: NewApproval): Promise<string> {
	const { id } = await trx
		.insertInto('approval')
		.values({
			application_id: approval.applicationId,
			proposes: approval.proposes,
			quote_id: approval.quoteId,
			plan: JSON.stringify(approval.plan),
			first_staff_id: approval.firstStaffId,
			fence: approval.fence,
			words: approval.words,
			note: approval.note,
			checked: JSON.stringify(approval.checked),
			seen: JSON.stringify(approval.seen),
			inputs: JSON.stringify(approval.inputs),
			proposed_at: approval.at,
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** The newest proposal of an application, waiting or closed. */
export async function findLatestApproval(db: DbOrTrx, applicationId: string): Promise<ApprovalRow | undefined> {
	return db
		.selectFrom('approval as p')
		.innerJoin('staff as s', 's.id', 'p.first_staff_id')
		.select(['p.id', 'p.proposes', 'p.quote_id as quoteId', 'p.plan', 'p.first_staff_id as firstStaffId'])
		.select(['s.name as firstName', 'p.words', 'p.note', 'p.checked', 'p.seen', 'p.proposed_at as proposedAt'])
		.select(['p.closed_as as closedAs', 'p.closed_at as closedAt'])
		.select(
			sql<ExceptedRule[]>`coalesce(jsonb_path_query_array(p.inputs, '$.exceptions[*].rule'), '[]')`.as('exceptions'),
		)
		.where('p.application_id', '=', applicationId)
		.orderBy('p.proposed_at', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Closes what waits for a second approver, and returns its id; undefined where nothing did. */
export async function closeOpenApproval(
	trx: Trx,
	{ applicationId, as, by, at }: { applicationId: string; as: ProposalEnd; by: string; at: Date },
): Promise<string | undefined> {
	const closed = await trx
		.updateTable('approval')
		.set({ closed_at: at, closed_as: as, closed_by: by })
		.where('application_id', '=', applicationId)
		.where('closed_at', 'is', null)
		.returning('id')
		.executeTakeFirst();
	return closed?.id;
}
