import { isHeldBy, leaseEnd } from '#lib/domain/review/lease.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { leaseOf, lockReview, saveLease } from '#lib/server/review/review.repository.ts';
import { readReviewRules } from '#lib/server/review/review-rules.ts';

/** Which page of which taking asks. */
export interface HeldReview {
	readonly staffId: string;
	readonly applicationId: string;
	readonly fence: number;
}

/** Moves the end of a lease on, for a page that is being used. A lease that ran out or was taken anew is not renewed. */
export async function renewLease(
	db: Db,
	{ staffId, applicationId, fence }: HeldReview,
): Promise<{ ok: true; leaseExpiresAt: Date } | { ok: false; refusal: 'lease_lost' }> {
	return db.transaction().execute(async (trx) => {
		const review = await lockReview(trx, applicationId);
		const at = now();
		if (!review || !isHeldBy(leaseOf(review), staffId, fence, at)) return { ok: false, refusal: 'lease_lost' };
		const { leaseMinutes } = await readReviewRules(trx);
		const leaseExpiresAt = leaseEnd(at, leaseMinutes);
		await saveLease(trx, { applicationId, until: leaseExpiresAt });
		return { ok: true, leaseExpiresAt };
	});
}
