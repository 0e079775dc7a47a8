import { lockAny } from '#lib/server/application/lock-open.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import { endOffer } from '#lib/server/offer/end-offer.ts';
import { listOverdueOffers, lockWaitingOffer } from '#lib/server/offer/offer.repository.ts';

const MOST_AT_ONCE = 200;

/**
 * Ends the offers that nobody answered in time, each in a transaction of its own: the application is withdrawn with them,
 * the cardholder is told, and can apply again with what they had written. Run twice at once it ends each once.
 */
export async function lapseCounterOffers(db: Db): Promise<void> {
	for (const applicationId of await listOverdueOffers(db, now(), MOST_AT_ONCE)) {
		await db.transaction().execute(async (trx) => {
			const application = await lockAny(trx, applicationId);
			const offer = await lockWaitingOffer(trx, applicationId);
			const at = now();
			if (!application || !offer || offer.expiresAt > at) return;
			const { cardholderId, accountId } = application;
			const actor = { kind: 'system', id: null } as const;
			await endOffer(trx, {
				applicationId,
				cardholderId,
				offerId: offer.id,
				answer: 'lapsed',
				deed: 'lapsed',
				at,
				actor,
			});
			const moved = await moveApplication(trx, { applicationId, to: 'withdrawn', at, actor });
			if (!moved.ok) throw new Error(`an application with a lapsed offer did not end: ${moved.refusal}`);
			const dedupeKey = `offer_lapsed:${offer.id}`;
			await queueMessage(trx, { cardholderId, accountId, template: 'counter_offer_lapsed', applicationId, dedupeKey });
		});
	}
}
