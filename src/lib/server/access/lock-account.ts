import { lockAccountOwner } from '#lib/server/access/link.repository.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** Makes those who make links for an account wait for each other; undefined where there is no such account. */
export async function lockAccount(trx: Trx, accountId: string): Promise<string | undefined> {
	return lockAccountOwner(trx, accountId);
}
