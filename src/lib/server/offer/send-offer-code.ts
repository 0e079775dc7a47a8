import {
	type SendConfirmationOutcome,
	sendConfirmation,
	type Subject,
} from '#lib/server/confirmation/send-confirmation.ts';
import { findHold } from '#lib/server/contact-number/read-number-change.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { returnToQueue } from '#lib/server/offer/end-offer.ts';
import { type LockedOffer, lockShownOffer, type ShownOffer, type ShownRefusal } from '#lib/server/offer/lock-offer.ts';

/** Why an offer cannot be accepted; `overtaken` sends it back to an agent at once, `held`: the number was changed lately. */
export type StandingRefusal = 'overtaken' | 'being_checked' | 'offer_over' | 'held';

/** Sends a fresh code that accepts exactly these terms and nothing else. */
export async function sendOfferCode(
	db: Db,
	shown: ShownOffer,
): Promise<SendConfirmationOutcome | { ok: false; refusal: ShownRefusal | StandingRefusal }> {
	return db.transaction().execute(async (trx) => {
		const found = await lockShownOffer(trx, shown);
		if (!found.ok) return found;
		const { application, offer, standing } = found.locked;
		if (standing === 'overtaken') {
			const { id: applicationId, cardholderId } = application;
			const ended = { applicationId, cardholderId, offerId: offer.id, answer: 'lapsed', deed: 'overtaken' } as const;
			await returnToQueue(trx, { ...ended, at: shown.at, actor: { kind: 'cardholder', id: cardholderId } });
		}
		if (standing !== 'stands') return { ok: false, refusal: standing };
		if (await findHold(trx, shown.owner.cardholderId, shown.at)) return { ok: false, refusal: 'held' };
		return sendConfirmation(trx, offerSubject(found.locked));
	});
}

/** What a code for an offer confirms: this offer, with these terms. */
export function offerSubject({
	application: { cardholderId, accountId },
	offer,
	quote,
}: Pick<LockedOffer, 'quote'> & {
	application: { cardholderId: string; accountId: string };
	offer: { id: string };
}): Subject {
	const subjectHash = Buffer.from(quote.termsHash, 'hex');
	return { cardholderId, accountId, purpose: 'accept_counter_offer', subjectId: offer.id, subjectHash };
}
