import type { Owner } from '#lib/server/application/draft.ts';
import { isCodeAwaited } from '#lib/server/confirmation/use-confirmation.ts';
import { findHold, type Hold } from '#lib/server/contact-number/read-number-change.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { type OfferStanding, standingOf } from '#lib/server/offer/lock-offer.ts';
import type { ReadOffer } from '#lib/server/offer/read-offers.ts';
import { offerSubject } from '#lib/server/offer/send-offer-code.ts';

/** An offer that waits for its cardholder, as their page shows it. */
export interface WaitingOffer {
	readonly offer: ReadOffer;
	readonly standing: OfferStanding;
	/** Whether a code for it is on its way and can still be typed. */
	readonly isCodeAwaited: boolean;
	/** Where the number was changed lately: nothing can be accepted before its end. */
	readonly hold: Hold | undefined;
}

/** How the owner's waiting offer stands; undefined where none waits. */
export async function readWaitingOffer(
	db: DbOrTrx,
	{ owner, applicationId, offers, at }: { owner: Owner; applicationId: string; offers: readonly ReadOffer[]; at: Date },
): Promise<WaitingOffer | undefined> {
	const offer = offers.find(({ answer }) => answer === null);
	if (!offer) return undefined;
	const { quote, expiresAt } = offer;
	const standing = await standingOf(db, { owner, applicationId, offer: { quoteId: quote.id, expiresAt }, at });
	return {
		offer,
		standing,
		hold: await findHold(db, owner.cardholderId, at),
		isCodeAwaited: await isCodeAwaited(db, offerSubject({ application: owner, offer, quote })),
	};
}
