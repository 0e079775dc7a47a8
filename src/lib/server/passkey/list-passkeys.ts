import type { DbOrTrx } from '#lib/server/db/connect.ts';
import type { PasskeyOwner } from '#lib/server/passkey/owner.ts';
import { listPasskeysOf } from '#lib/server/passkey/passkey.repository.ts';

/** A passkey as its owner sees it. */
export interface PasskeyListed {
	readonly id: string;
	/** As the authenticator names it, in base64url. */
	readonly credential: string;
	readonly name: string;
	readonly createdAt: Date;
	/** Null where it was never used since it was made. */
	readonly lastUsedAt: Date | null;
}

/** Somebody's own passkeys, the oldest first. */
export async function listPasskeys(db: DbOrTrx, owner: PasskeyOwner): Promise<PasskeyListed[]> {
	const rows = await listPasskeysOf(db, owner);
	return rows.map(({ id, credentialId, name, createdAt, lastUsedAt }) => ({
		id,
		credential: credentialId.toString('base64url'),
		name,
		createdAt,
		lastUsedAt,
	}));
}
