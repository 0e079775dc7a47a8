import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { type OfferRow, selectOffers } from '#lib/server/offer/offer.repository.ts';
import { findQuote, type ReadQuote } from '#lib/server/plan/read-quote.ts';

export type { OfferAnswer } from '#lib/server/offer/offer.repository.ts';

/** An offer of the bank with the plan in it. */
export interface ReadOffer extends Omit<OfferRow, 'quoteId' | 'applicationId'> {
	readonly quote: ReadQuote;
}

/** Every offer made on an application, oldest first. Whose application it is, the caller has asked before. */
export async function listOffers(db: DbOrTrx, applicationId: string): Promise<ReadOffer[]> {
	const offers: ReadOffer[] = [];
	for (const { quoteId, applicationId: of, ...offer } of await selectOffers(db, applicationId)) {
		const quote = await findQuote(db, { quoteId, applicationId: of });
		if (!quote) throw new Error('an offer without its quote');
		offers.push({ ...offer, quote });
	}
	return offers;
}
