import { type LinkTrail, selectLinkTrail } from '#lib/server/access/link-trail.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

export type { LinkTrail } from '#lib/server/access/link-trail.repository.ts';

/** The links of a person, the newest first; so many. Nothing of them is read that a token could be made from. */
export async function listLinkTrail(db: DbOrTrx, cardholderId: string, most: number): Promise<LinkTrail[]> {
	return selectLinkTrail(db, cardholderId, most);
}
