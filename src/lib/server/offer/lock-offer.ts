import type { Owner } from '#lib/server/application/draft.ts';
import { type Application, lockOpen } from '#lib/server/application/draft.ts';
import { today } from '#lib/server/clock.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import { kindsBrought, listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { lockWaitingOffer, type OfferRow } from '#lib/server/offer/offer.repository.ts';
import { judgeQuote } from '#lib/server/plan/judge-quote.ts';
import { findQuote, type ReadQuote } from '#lib/server/plan/read-quote.ts';

/** The offer that a page showed: which one, and the SHA-256 of its terms in hex. */
export interface ShownOffer {
	readonly owner: Owner;
	readonly offerId: string;
	readonly termsHash: string;
	readonly at: Date;
}

/** How an offer stands: `overtaken` where its figures are no longer those of the account, or its product is gone. */
export type OfferStanding = 'stands' | 'overtaken' | 'being_checked' | 'offer_over';

/** An offer that waits for its cardholder, locked with its application. */
export interface LockedOffer {
	readonly application: Application;
	readonly offer: OfferRow;
	readonly quote: ReadQuote;
	readonly standing: OfferStanding;
}

/** Why there is nothing to answer: there is no such offer of this person's, or the page shows other terms than it has. */
export type ShownRefusal = 'not_found' | 'changed_elsewhere';

/** Locks the owner's waiting offer by what their page showed of it. The application is locked first, as everywhere. */
export async function lockShownOffer(
	trx: Trx,
	{ owner, offerId, termsHash, at }: ShownOffer,
): Promise<{ ok: true; locked: LockedOffer } | { ok: false; refusal: ShownRefusal }> {
	const application = await lockOpen(trx, owner);
	if (application?.status !== 'counter_offered') return { ok: false, refusal: 'not_found' };
	const offer = await lockWaitingOffer(trx, application.id);
	if (offer?.id !== offerId) return { ok: false, refusal: 'not_found' };
	const quote = await findQuote(trx, offer);
	if (!quote) throw new Error('an offer without its quote');
	if (quote.termsHash !== termsHash) return { ok: false, refusal: 'changed_elsewhere' };
	const standing = await standingOf(trx, { owner, applicationId: application.id, offer, at });
	return { ok: true, locked: { application, offer, quote, standing } };
}

/** Whether an offer can still be accepted: in time, on the account's present figures, with a product still on offer. */
export async function standingOf(
	db: DbOrTrx,
	{
		owner,
		applicationId,
		offer,
		at,
	}: { owner: Owner; applicationId: string; offer: Pick<OfferRow, 'quoteId' | 'expiresAt'>; at: Date },
): Promise<OfferStanding> {
	if (at >= offer.expiresAt) return 'offer_over';
	const evidence = kindsBrought(await listEvidence(db, applicationId));
	const { quoteId } = offer;
	// Whom the product is for was the agent's to judge when they offered it.
	const judged = await judgeQuote(db, {
		owner,
		applicationId,
		quoteId,
		reason: null,
		evidence,
		today: today(),
		at,
	});
	if (!judged.ok) return judged.refusal === 'being_checked' ? 'being_checked' : 'overtaken';
	return judged.status === 'valid' && judged.productOffered ? 'stands' : 'overtaken';
}
