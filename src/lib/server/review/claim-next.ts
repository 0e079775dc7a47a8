import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { findHeldReview, lockClaimant } from '#lib/server/review/review.repository.ts';
import { type Claim, takeReview } from '#lib/server/review/take-review.ts';
import { lockNextReview } from '#lib/server/review/taking.repository.ts';

/**
 * Gives a member of staff the application that is next for them: set apart for them, then, for supervisors, waiting for a
 * second approver, then the oldest. Nobody is given one that they may not decide; what they put back comes last. Who has one in hand already is given that one again, so that a second click takes
 * no second. `undefined` where nothing is waiting, or they are no agent or supervisor.
 */
export async function claimNext(db: Db, { staffId }: { staffId: string }): Promise<Claim | undefined> {
	return db.transaction().execute(async (trx) => {
		const claimant = await lockClaimant(trx, staffId);
		if (!claimant) return undefined;
		const at = now();
		const held = await findHeldReview(trx, { staffId, at });
		if (held?.leaseExpiresAt) {
			const { applicationId, reference, fence, leaseExpiresAt } = held;
			return { applicationId, reference, fence, leaseExpiresAt };
		}
		const next =
			(await lockNextReview(trx, { claimant, at, putBack: 'skip' })) ??
			(await lockNextReview(trx, { claimant, at, putBack: 'take' }));
		const takenBy = next?.assignedTo === staffId ? 'assigned' : 'queue';
		return next && takeReview(trx, { review: next, staffId, takenBy, at });
	});
}
