import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { findNext } from '#lib/server/review/find-next.ts';
import { takeFree } from '#lib/server/review/free.repository.ts';
import { lockSeeker } from '#lib/server/review/next.repository.ts';
import { parseReviewRules } from '#lib/server/review/review-rules.ts';
import { findHeldReview } from '#lib/server/review/review.repository.ts';
import { type Claim, takeReview } from '#lib/server/review/take-review.ts';

/**
 * Gives a member of staff the application that is next for them: set apart for them, then, for supervisors, waiting for a
 * second approver, then by the queue's policy. Nobody is given one that they may not decide; what they put back comes last. Who
 * has one in hand already is given that one again, so that a second click takes no second. `undefined` where nothing is waiting, or they are no agent or supervisor.
 */
export async function claimNext(db: Db, { staffId }: { staffId: string }): Promise<Claim | undefined> {
	return (await takeFree(db, { staffId, at: now() })) ?? claimByComparing(db, staffId);
}

/** The same where more than the free comes into question, in several steps. */
async function claimByComparing(db: Db, staffId: string): Promise<Claim | undefined> {
	return db.transaction().execute(async (trx) => {
		const seeker = await lockSeeker(trx, staffId);
		if (!seeker) return undefined;
		const { leaseMinutes } = parseReviewRules(seeker.setting);
		const at = now();
		const next = await findNext(trx, { seeker, at });
		if (next?.isHeld) {
			const held = await findHeldReview(trx, { staffId, at });
			if (!held?.leaseExpiresAt) throw new Error('what is held was not found');
			const { applicationId, reference, fence, leaseExpiresAt } = held;
			return { applicationId, reference, fence, leaseExpiresAt };
		}
		const takenBy = next?.isAssigned ? 'assigned' : 'queue';
		return next && takeReview(trx, { review: next.review, staffId, takenBy, at, leaseMinutes });
	});
}
