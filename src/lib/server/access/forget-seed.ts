import { clearSeed } from '#lib/server/access/link.repository.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/**
 * From here on only the SHA-256 of a link's token is kept: nothing in the database, with or without the secret key, makes the
 * token again. Called in the transaction that records what became of the link's message; `sentTo` is the number that it
 * went to, or null where it never went.
 */
export async function forgetLinkSeed(trx: Trx, linkId: string, sentTo: string | null): Promise<void> {
	await clearSeed(trx, linkId, sentTo);
}
