import type { Trx } from '#lib/server/db/connect.ts';
import { forgetHolder, movePromise } from '#lib/server/review/pause.repository.ts';
import { reopenReview } from '#lib/server/review/queue-review.ts';

/**
 * Puts an application that waited for its cardholder back into the queue. Its promise is moved by the time that it waited, so
 * that it neither overtakes others nor falls behind for it.
 */
export async function resumeReview(
	trx: Trx,
	{ applicationId, since, at }: { applicationId: string; since: Date; at: Date },
): Promise<void> {
	await reopenReview(trx, { applicationId });
	await forgetHolder(trx, { applicationId });
	await movePromise(trx, { applicationId, byMs: Math.max(0, at.getTime() - since.getTime()) });
}
