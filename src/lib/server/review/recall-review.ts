import { type NoteRefusal, readNote } from '#lib/domain/review/note.ts';
import { type RecallRefusal, refusesRecall } from '#lib/domain/review/taking.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import type { HeldReview } from '#lib/server/review/renew-lease.ts';
import { returnToQueue } from '#lib/server/review/return-to-queue.ts';
import { eyesOf, leaseOf, lockClaimant, lockReview } from '#lib/server/review/review.repository.ts';

/** Why a case was not taken out of somebody's hands. */
export type RecallReviewRefusal = RecallRefusal | NoteRefusal;

/**
 * Takes a case out of the hands of a colleague who cannot go on with it, with a note for whoever takes it next; `fence` is the
 * taking that the supervisor's page showed. It keeps its place, and what waits for a second approver still waits for one. Whoever
 * had it can write nothing more by their page.
 */
export async function recallReview(
	db: Db,
	{ staffId, applicationId, fence, note }: HeldReview & { note: string },
): Promise<{ ok: true } | { ok: false; refusal: RecallReviewRefusal }> {
	const read = readNote(note);
	if (!read.ok) return read;
	const { body } = read;
	return db.transaction().execute(async (trx) => {
		const claimant = await lockClaimant(trx, staffId);
		const review = await lockReview(trx, applicationId);
		if (!claimant || !review || review.closedAt) return { ok: false, refusal: 'not_in_hand' };
		const at = now();
		const refusal = refusesRecall({ by: eyesOf(review, claimant), lease: leaseOf(review), fence, now: at });
		if (refusal) return { ok: false, refusal };
		await returnToQueue(trx, { applicationId, staffId, leftFor: 'put_back', body, at });
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: 'review.recalled',
			subjectKind: 'application',
			subjectId: applicationId,
			cardholderId: review.cardholderId,
			detail: { fence, from: review.staffId },
		});
		return { ok: true };
	});
}
