import { sql } from 'kysely';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { LeftFor } from '#lib/domain/review/note.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** An application that somebody had sent before: for what reason, what came of it and when. */
export interface PastApplication {
	readonly id: string;
	readonly reference: string;
	readonly cardLast4: string;
	readonly status: Status;
	readonly reason: Reason | null;
	readonly submittedAt: Date;
	/** When it was decided or taken back; null while it is open. */
	readonly endedAt: Date | null;
	/** Why it was declined, by the code of its last decision; null where it was not. */
	readonly declinedFor: string | null;
}

/** What a person had sent before an application of theirs, on whichever account, the newest first; so many. */
export async function listPastApplications(
	db: DbOrTrx,
	{ cardholderId, applicationId, most }: { cardholderId: string; applicationId: string; most: number },
): Promise<PastApplication[]> {
	return db
		.selectFrom('application as a')
		.innerJoin('account as c', 'c.id', 'a.account_id')
		.select(['a.id', 'a.reference', 'a.status', 'c.card_last4 as cardLast4'])
		.select(sql<Reason | null>`a.reason`.as('reason'))
		.select(sql<Date>`a.submitted_at`.as('submittedAt'))
		.select(sql<Date | null>`coalesce(a.withdrawn_at, a.decided_at)`.as('endedAt'))
		.select(
			sql<string | null>`(select d.reason_code from decision d
				where d.application_id = a.id and a.status = 'declined' order by d.decided_at desc limit 1)`.as('declinedFor'),
		)
		.where('a.cardholder_id', '=', cardholderId)
		.where('a.id', '<>', applicationId)
		.where('a.submitted_at', 'is not', null)
		.where(sql<boolean>`a.created_at <= (select created_at from application where id = ${applicationId})`)
		.orderBy('a.created_at', 'desc')
		.limit(most)
		.execute();
}

/** For what somebody of the staff wrote a note: a deed, a decision, or what they proposed as the first of two. */
export type NoteOf = LeftFor | 'decided' | 'proposed';

/** What somebody of the staff wrote for their colleagues; `of` is null where it was not kept for what. */
export interface CaseNote {
	readonly of: NoteOf | null;
	readonly body: string;
	readonly staffName: string;
	readonly at: Date;
}

/** Every note on an application, whatever it was written with, the oldest first. */
export async function listNotes(db: DbOrTrx, applicationId: string): Promise<CaseNote[]> {
	const left = db
		.selectFrom('review_note')
		.select([sql<NoteOf | null>`left_for`.as('of'), 'body', 'staff_id', 'at'])
		.where('application_id', '=', applicationId);
	const decided = db
		.selectFrom('decision')
		.select([sql<NoteOf | null>`'decided'`.as('of'), 'note as body', 'staff_id', 'decided_at as at'])
		.where('application_id', '=', applicationId)
		.where('note', '<>', '');
	const proposed = db
		.selectFrom('approval')
		.select([
			sql<NoteOf | null>`'proposed'`.as('of'),
			'note as body',
			'first_staff_id as staff_id',
			'proposed_at as at',
		])
		.where('application_id', '=', applicationId)
		.where('note', '<>', '');
	return db
		.selectFrom(left.unionAll(decided).unionAll(proposed).as('n'))
		.innerJoin('staff as s', 's.id', 'n.staff_id')
		.select(['n.of', 'n.body', 's.name as staffName', 'n.at'])
		.orderBy('n.at')
		.execute();
}
