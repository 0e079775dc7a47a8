import { now } from '#lib/server/clock.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import { findCopiesEnded, saveCopiesEnded } from '#lib/server/passkey/passkey.repository.ts';

/** From now on no device keeps a copy of what a cardholder owes that it saw before; each wipes its own once it asks. */
export async function endDebtCopies(trx: Trx, cardholderId: string): Promise<void> {
	await saveCopiesEnded(trx, { owner: { kind: 'cardholder', id: cardholderId }, at: now() });
}

/**
 * Whether a copy that a passkey opens, last renewed at `seenAt` (by our clock), may stay on its device: not where the passkey was
 * removed or is none of ours, nor where its person has signed out everywhere since.
 */
export async function mayStay(
	db: DbOrTrx,
	{ credential, seenAt }: { credential: string; seenAt: Date },
): Promise<boolean> {
	const found = await findCopiesEnded(db, Buffer.from(credential, 'base64url'));
	return found !== undefined && (found.copiesEndedAt === null || found.copiesEndedAt < seenAt);
}
