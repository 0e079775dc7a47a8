import { plainText } from '#lib/domain/plain-text.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { returnToQueue } from '#lib/server/offer/end-offer.ts';
import { lockShownOffer, type ShownOffer, type ShownRefusal } from '#lib/server/offer/lock-offer.ts';

/** The longest that words about an offer can be, in characters; the database holds to it too. */
export const LONGEST_ANSWER = 1_000;

/**
 * Says no to an offer, with or without a word why: the application goes back to the place in the queue that it had, and
 * whoever takes it reads the words. An offer that was overtaken or ran out can be declined all the same.
 */
export async function declineOffer(
	db: Db,
	{ words, ...shown }: ShownOffer & { words: string },
): Promise<{ ok: true } | { ok: false; refusal: ShownRefusal | 'words_too_long' }> {
	const plain = plainText(words);
	if (plain.length > LONGEST_ANSWER) return { ok: false, refusal: 'words_too_long' };
	return db.transaction().execute(async (trx) => {
		const found = await lockShownOffer(trx, shown);
		if (!found.ok) return found;
		const { application, offer } = found.locked;
		const { id: applicationId, cardholderId } = application;
		await returnToQueue(trx, {
			applicationId,
			cardholderId,
			offerId: offer.id,
			answer: 'declined',
			deed: 'declined',
			words: plain,
			at: shown.at,
			actor: { kind: 'cardholder', id: cardholderId },
		});
		return { ok: true };
	});
}
