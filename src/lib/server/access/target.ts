import { findPhone } from '#lib/server/access/person.repository.ts';
import { hashForLimits } from '#lib/server/access/throttle.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** What a challenge by a link is about: its owner has a budget of their own there, which nobody without the link can use up. */
export function targetOfLink(linkId: string): Buffer {
	return hashForLimits(`link:${linkId}`);
}

/** What a challenge without a link is about: a phone number with the end of a card, whether they fit somebody or not. */
export function targetOfNumbers({ phone, cardLast4 }: { phone: string; cardLast4: string }): Buffer {
	return hashForLimits(`numbers:${phone}:${cardLast4}`);
}

/** A number on file, over all the cards that it is typed with. */
export function targetOfPhone(phone: string): Buffer {
	return hashForLimits(`number:${phone}`);
}

/**
 * What the sends of a challenge without a link count to besides its own target: the number on file that they go to. Where
 * they go to nobody the same work is done, and the count stands by itself: whoever knows a number and not its card takes
 * nothing from its owner.
 */
export async function numberTarget(
	trx: Trx,
	{ cardholderId, targetHash }: { cardholderId: string | null; targetHash: Buffer },
): Promise<Buffer> {
	const phone = await findPhone(trx, cardholderId);
	return phone === undefined ? hashForLimits(`nobody:${targetHash.toString('base64url')}`) : targetOfPhone(phone);
}
