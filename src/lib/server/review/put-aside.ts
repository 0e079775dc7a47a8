import { type HoldingRefusal, refusesHolding } from '#lib/domain/review/holding.ts';
import { type LeftFor, type NoteRefusal, readNote } from '#lib/domain/review/note.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import type { HeldReview } from '#lib/server/review/renew-lease.ts';
import { returnToQueue } from '#lib/server/review/return-to-queue.ts';
import { leaseOf, lockReview, type ReviewRow } from '#lib/server/review/review.repository.ts';

/** Why a case did not leave somebody's hands. */
export type AsideRefusal = HoldingRefusal | NoteRefusal;

/**
 * Takes a case out of the hands of whoever holds it, with a note for staff, and does in the same transaction what it is put
 * aside for; where that refuses nothing stands. The cardholder sees that it waits.
 */
export async function putAside<Refusal extends string>(
	db: Db,
	{ staffId, applicationId, fence, note, leftFor }: HeldReview & { note: string; leftFor: LeftFor },
	deed: (trx: Trx, review: ReviewRow, at: Date) => Promise<Refusal | undefined>,
): Promise<{ ok: true } | { ok: false; refusal: AsideRefusal | Refusal }> {
	const read = readNote(note);
	if (!read.ok) return read;
	const { body } = read;
	return db
		.transaction()
		.execute(async (trx): Promise<{ ok: true } | { ok: false; refusal: AsideRefusal | Refusal }> => {
			const review = await lockReview(trx, applicationId);
			if (!review) return { ok: false, refusal: 'status_changed' };
			const at = now();
			const refusal =
				refusesHolding({ status: review.status, lease: leaseOf(review), staffId, fence, now: at }) ??
				(await deed(trx, review, at));
			if (refusal) return { ok: false, refusal };
			const moved = await returnToQueue(trx, { applicationId, staffId, leftFor, body, at });
			if (!moved.ok) throw new Error(`a case in hand could not be put aside: ${moved.refusal}`);
			return { ok: true };
		});
}
