import { refusesReview, type ReviewRefusal } from '#lib/domain/review/eyes.ts';
import { isHeldBy } from '#lib/domain/review/lease.ts';
import { type NoteRefusal, readNote } from '#lib/domain/review/note.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { closeProposal } from '#lib/server/review/close-proposal.ts';
import type { HeldReview } from '#lib/server/review/renew-lease.ts';
import { returnToQueue } from '#lib/server/review/return-to-queue.ts';
import { eyesOf, leaseOf, lockClaimant, lockReview } from '#lib/server/review/review.repository.ts';

/** Why a case was not put back, or not sent back. */
export type ReleaseRefusal = ReviewRefusal | 'lease_lost' | NoteRefusal | 'nothing_to_return';

/**
 * Puts an application back into the queue, at the place it had, with a note for whoever takes it next. The note is for
 * staff; the cardholder sees only that it waits again. With `returns` what waits for a second approver is sent back: the
 * proposal ends, and anybody may take the case and decide it anew; who may not decide it may not send it back either.
 */
export async function releaseReview(
	db: Db,
	{ staffId, applicationId, fence, note, returns = false }: HeldReview & { note: string; returns?: boolean },
): Promise<{ ok: true } | { ok: false; refusal: ReleaseRefusal }> {
	const read = readNote(note);
	if (!read.ok) return read;
	const { body } = read;
	return db.transaction().execute(async (trx) => {
		const claimant = await lockClaimant(trx, staffId);
		const review = await lockReview(trx, applicationId);
		const at = now();
		if (!claimant || !review || !isHeldBy(leaseOf(review), staffId, fence, at)) {
			return { ok: false, refusal: 'lease_lost' };
		}
		if (returns) {
			const refusal = refusesReview(eyesOf(review, claimant));
			if (refusal) return { ok: false, refusal };
			if (review.proposedByStaffId === null) return { ok: false, refusal: 'nothing_to_return' };
			await closeProposal(trx, { review, as: 'returned', staffId, at });
		}
		await returnToQueue(trx, { applicationId, staffId, leftFor: returns ? 'sent_back' : 'put_back', body, at });
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: 'review.put_back',
			subjectKind: 'application',
			subjectId: applicationId,
			cardholderId: review.cardholderId,
			detail: { fence },
		});
		return { ok: true };
	});
}
