import { mayReview } from '#lib/domain/review/eyes.ts';
import { type AssignRefusal, refusesAssigning } from '#lib/domain/review/taking.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, DbOrTrx } from '#lib/server/db/connect.ts';
import { eyesOf, leaseOf, lockClaimant, lockReview, type ReviewRow } from '#lib/server/review/review.repository.ts';
import { listClaimants, saveAssigned } from '#lib/server/review/taking.repository.ts';

/** A colleague for whom a case can be set apart. */
export interface Assignable {
	readonly staffId: string;
	readonly name: string;
}

/** Everybody but this supervisor who may decide the case. */
export async function listAssignable(db: DbOrTrx, review: ReviewRow, staffId: string): Promise<Assignable[]> {
	const claimants = await listClaimants(db);
	return claimants
		.filter((claimant) => claimant.staffId !== staffId && mayReview(eyesOf(review, claimant)))
		.map(({ staffId: id, name }) => ({ staffId: id, name }));
}

/** Why a case was not set apart. */
export type AssignReviewRefusal = AssignRefusal | 'not_found' | 'closed';

/** Sets a waiting case apart for a colleague, who gets it by their next "take next"; `to: null` gives it back to the queue. */
export async function assignReview(
	db: Db,
	{ staffId, applicationId, to }: { staffId: string; applicationId: string; to: string | null },
): Promise<{ ok: true } | { ok: false; refusal: AssignReviewRefusal }> {
	return db.transaction().execute(async (trx) => {
		const by = await lockClaimant(trx, staffId);
		const review = await lockReview(trx, applicationId);
		if (!by || !review) return { ok: false, refusal: 'not_found' };
		if (review.closedAt) return { ok: false, refusal: 'closed' };
		const claimant = to === null ? null : (await listClaimants(trx)).find((other) => other.staffId === to);
		if (claimant === undefined) return { ok: false, refusal: 'not_for_them' };
		const eyes = eyesOf(review, by);
		const refusal = refusesAssigning({
			by: eyes,
			to: claimant && eyesOf(review, claimant),
			lease: leaseOf(review),
			now: now(),
		});
		if (refusal) return { ok: false, refusal };
		await saveAssigned(trx, { applicationId, to, by: staffId });
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: to === null ? 'review.unassigned' : 'review.assigned',
			subjectKind: 'application',
			subjectId: applicationId,
			cardholderId: review.cardholderId,
			detail: { to },
		});
		return { ok: true };
	});
}
