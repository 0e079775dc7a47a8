import { plainText } from '#lib/domain/plain-text.ts';
import { isHeldBy } from '#lib/domain/review/lease.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import type { HeldReview } from '#lib/server/review/renew-lease.ts';
import { insertNote, leaseOf, lockReview, saveLease } from '#lib/server/review/review.repository.ts';

/** The longest note, in characters; the database holds to it too. */
export const LONGEST_NOTE = 2000;

/**
 * Puts an application back into the queue, at the place it had, with a note for whoever takes it next. The note is for
 * staff; the cardholder sees only that it waits again.
 */
export async function releaseReview(
	db: Db,
	{ staffId, applicationId, fence, note }: HeldReview & { note: string },
): Promise<{ ok: true } | { ok: false; refusal: 'lease_lost' | 'note_missing' | 'note_long' }> {
	const body = plainText(note);
	if (body === '') return { ok: false, refusal: 'note_missing' };
	if (body.length > LONGEST_NOTE) return { ok: false, refusal: 'note_long' };
	return db.transaction().execute(async (trx) => {
		const review = await lockReview(trx, applicationId);
		const at = now();
		if (!review || !isHeldBy(leaseOf(review), staffId, fence, at)) return { ok: false, refusal: 'lease_lost' };
		const actor = { kind: 'staff', id: staffId } as const;
		await saveLease(trx, { applicationId, until: null });
		await insertNote(trx, { applicationId, staffId, body, at });
		await moveApplication(trx, { applicationId, to: 'submitted', at, actor });
		await appendAudit(trx, {
			actor,
			action: 'review.put_back',
			subjectKind: 'application',
			subjectId: applicationId,
			cardholderId: review.cardholderId,
			detail: { fence },
		});
		return { ok: true };
	});
}
