import { closeChallengesOfLinks } from '#lib/server/access/challenge.repository.ts';
import { revokeLinksOfPerson } from '#lib/server/access/link.repository.ts';
import { now } from '#lib/server/clock.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/**
 * Kills every living link of a person and what was begun with it, for callers whose news makes old links doubtful, such as a
 * changed number. Returns how many there were.
 */
export async function killLinks(trx: Trx, cardholderId: string): Promise<number> {
	const at = now();
	const revoked = await revokeLinksOfPerson(trx, cardholderId, at);
	await closeChallengesOfLinks(trx, revoked, at);
	return revoked.length;
}
