import { lockOwnApplication, type Owner } from '#lib/server/application/application.repository.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { endOfferOfWithdrawn } from '#lib/server/offer/end-offer-of-withdrawn.ts';
import { endRequest } from '#lib/server/request/end-request.ts';
import { closeReview } from '#lib/server/review/queue-review.ts';

/**
 * Withdraws the owner's application, as long as nothing was decided: it leaves the queue, and whoever had it in hand can
 * no longer decide it; an offer of the bank ends with it. Withdrawing twice is the same as once.
 */
export async function withdrawApplication(
	db: Db,
	{ owner, applicationId, at }: { owner: Owner; applicationId: string; at: Date },
): Promise<{ ok: true } | { ok: false; refusal: 'not_found' | 'already_decided' }> {
	return db.transaction().execute(async (trx) => {
		const application = await lockOwnApplication(trx, owner, applicationId);
		if (!application) return { ok: false, refusal: 'not_found' };
		if (application.status === 'withdrawn') return { ok: true };
		const actor = { kind: 'cardholder', id: owner.cardholderId } as const;
		const moved = await moveApplication(trx, { applicationId, to: 'withdrawn', at, actor });
		if (!moved.ok) return { ok: false, refusal: 'already_decided' };
		await closeReview(trx, { applicationId, at });
		await endRequest(trx, { applicationId, cardholderId: owner.cardholderId, as: 'withdrawn', at, actor });
		await endOfferOfWithdrawn(trx, { applicationId, cardholderId: owner.cardholderId, at });
		return { ok: true };
	});
}
