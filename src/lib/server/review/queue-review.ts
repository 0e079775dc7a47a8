import type { Trx } from '#lib/server/db/connect.ts';
import { endPause } from '#lib/server/review/pause.repository.ts';
import { getFacts } from '#lib/server/review/place.repository.ts';
import { readPlacing } from '#lib/server/review/queue-rules.ts';
import {
	closeQueuedReview,
	insertReview,
	reopenClosedReview,
	requeueClosedReview,
} from '#lib/server/review/review.repository.ts';

/**
 * Puts a submitted application into the review queue, in the transaction that submits it. Its place follows the
 * policy and `at`, the instant of submission; an application that is queued already keeps its place.
 */
export async function queueReview(trx: Trx, { applicationId, at }: { applicationId: string; at: Date }): Promise<void> {
	const place = await readPlacing(trx);
	await insertReview(trx, { ...place(await getFacts(trx, applicationId), at), at });
}

/**
 * Takes an application out of the queue for good, because it was decided or withdrawn. Whoever had it in hand loses the
 * lease: a decision on it is refused from then on. What still waits for a second approver ends with it, by
 * the database's own hand. What was put aside is so no longer.
 */
export async function closeReview(trx: Trx, review: { applicationId: string; at: Date }): Promise<void> {
	await endPause(trx, review);
	await closeQueuedReview(trx, review);
}

/**
 * Puts an application whose counter-offer came to nothing back into the queue, at the place it had. Whoever made the offer
 * holds it no longer; anybody may take it.
 */
export async function reopenReview(trx: Trx, review: { applicationId: string }): Promise<void> {
	await reopenClosedReview(trx, review);
}

/**
 * Puts an application whose decision is objected to into the queue anew: in the class that it had, due when the cardholder was
 * promised an answer.
 */
export async function requeueReview(trx: Trx, review: { applicationId: string; at: Date; dueAt: Date }): Promise<void> {
	await requeueClosedReview(trx, review);
}
