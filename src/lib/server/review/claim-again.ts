import { isHeld } from '#lib/domain/review/lease.ts';
import { namedTaking } from '#lib/domain/review/taking.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { eyesOf, findHeldReview, leaseOf, lockClaimant, lockReview } from '#lib/server/review/review.repository.ts';
import { readReviewRules } from '#lib/server/review/review-rules.ts';
import { type Claim, takeReview } from '#lib/server/review/take-review.ts';

export type ClaimAgainRefusal = 'not_found' | 'not_yours' | 'taken_by_other' | 'closed' | 'another_in_hand';

/**
 * Takes a certain application: the one that they had last and whose lease ran out, one that was set apart for them, and for
 * supervisors, to look into it, any that nobody has in hand. What was seen of it before may be old: the new fencing number
 * makes every earlier page of it stale.
 */
export async function claimAgain(
	db: Db,
	{ staffId, applicationId }: { staffId: string; applicationId: string },
): Promise<{ ok: true; claim: Claim } | { ok: false; refusal: ClaimAgainRefusal }> {
	return db.transaction().execute(async (trx) => {
		const claimant = await lockClaimant(trx, staffId);
		const review = await lockReview(trx, applicationId);
		if (!claimant || !review) return { ok: false, refusal: 'not_found' };
		if (review.closedAt) return { ok: false, refusal: 'closed' };
		const at = now();
		const lease = leaseOf(review);
		const takenBy = namedTaking({ eyes: eyesOf(review, claimant), lease, assignedTo: review.assignedTo, now: at });
		if (!takenBy) {
			const isElsewhere = claimant.role === 'supervisor' && isHeld(lease, at) && review.staffId !== staffId;
			return { ok: false, refusal: isElsewhere ? 'taken_by_other' : 'not_yours' };
		}
		const held = await findHeldReview(trx, { staffId, at });
		if (held && held.applicationId !== applicationId) return { ok: false, refusal: 'another_in_hand' };
		const { leaseMinutes } = await readReviewRules(trx);
		return { ok: true, claim: await takeReview(trx, { review, staffId, takenBy, at, leaseMinutes }) };
	});
}
