import { findLinkSeed } from '#lib/server/access/link.repository.ts';
import { linkToken } from '#lib/server/crypto/link-token.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';

/** The address of a link's token. */
export function addressOfToken(token: string): string {
	return `${env().origin}/l/${token}`;
}

/**
 * The address of a link, made anew from its seed when its message is handed over. Undefined where the link is revoked or
 * over: its message is then not worth sending.
 */
export async function findLinkAddress(db: DbOrTrx, linkId: string, at: Date): Promise<string | undefined> {
	const seed = await findLinkSeed(db, linkId, at);
	return seed && addressOfToken(linkToken(seed));
}
