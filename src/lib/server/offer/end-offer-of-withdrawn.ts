import type { Trx } from '#lib/server/db/connect.ts';
import { endOffer } from '#lib/server/offer/end-offer.ts';
import { lockWaitingOffer } from '#lib/server/offer/offer.repository.ts';

/** Ends the offer of an application that its cardholder takes back, in that transaction; nothing where none waits. */
export async function endOfferOfWithdrawn(
	trx: Trx,
	{ applicationId, cardholderId, at }: { applicationId: string; cardholderId: string; at: Date },
): Promise<void> {
	const offer = await lockWaitingOffer(trx, applicationId);
	if (!offer) return;
	const actor = { kind: 'cardholder', id: cardholderId } as const;
	const ended = { applicationId, cardholderId, offerId: offer.id, answer: 'declined', deed: 'withdrawn' } as const;
	await endOffer(trx, { ...ended, at, actor });
}
