import type { Db } from '#lib/server/db/connect.ts';
import { addPasskey, type AddPasskeyOutcome } from '#lib/server/passkey/add-passkey.ts';

/** Adds a passkey for a cardholder, to whose session it was offered, and tells them by SMS. */
export async function addCardholderPasskey(
	db: Db,
	{ cardholderId, sessionId, answer, name }: { cardholderId: string; sessionId: string; answer: string; name: string },
): Promise<AddPasskeyOutcome> {
	const owner = { kind: 'cardholder', id: cardholderId } as const;
	const bound = { to: 'session', secret: sessionId } as const;
	return db.transaction().execute((trx) => addPasskey(trx, { owner, bound, answer, name }));
}
