import { plainText } from '#lib/domain/plain-text.ts';
import { LONGEST_NOTE } from '#lib/domain/review/note.ts';
import { type RecallRefusal, refusesRecall } from '#lib/domain/review/taking.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import type { HeldReview } from '#lib/server/review/renew-lease.ts';
import {
	eyesOf,
	insertNote,
	leaseOf,
	lockClaimant,
	lockReview,
	saveLease,
} from '#lib/server/review/review.repository.ts';

/** Why a case was not taken out of somebody's hands. */
export type RecallReviewRefusal = RecallRefusal | 'note_missing' | 'note_long';

/**
 * Takes a case out of the hands of a colleague who cannot go on with it, with a note for whoever takes it next; `fence` is the
 * taking that the supervisor's page showed. It keeps its place, and what waits for a second approver still waits for one. Whoever
 * had it can write nothing more by their page.
 */
export async function recallReview(
	db: Db,
	{ staffId, applicationId, fence, note }: HeldReview & { note: string },
): Promise<{ ok: true } | { ok: false; refusal: RecallReviewRefusal }> {
	const body = plainText(note);
	if (body === '') return { ok: false, refusal: 'note_missing' };
	if (body.length > LONGEST_NOTE) return { ok: false, refusal: 'note_long' };
	return db.transaction().execute(async (trx) => {
		const claimant = await lockClaimant(trx, staffId);
		const review = await lockReview(trx, applicationId);
		if (!claimant || !review || review.closedAt) return { ok: false, refusal: 'not_in_hand' };
		const at = now();
		const refusal = refusesRecall({ by: eyesOf(review, claimant), lease: leaseOf(review), fence, now: at });
		if (refusal) return { ok: false, refusal };
		const actor = { kind: 'staff', id: staffId } as const;
		await saveLease(trx, { applicationId, until: null });
		await insertNote(trx, { applicationId, staffId, leftFor: 'put_back', body, at });
		await moveApplication(trx, { applicationId, to: 'submitted', at, actor });
		await appendAudit(trx, {
			actor,
			action: 'review.recalled',
			subjectKind: 'application',
			subjectId: applicationId,
			cardholderId: review.cardholderId,
			detail: { fence, from: review.staffId },
		});
		return { ok: true };
	});
}
