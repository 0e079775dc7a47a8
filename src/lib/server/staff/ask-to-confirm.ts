import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Db } from '#lib/server/db/connect.ts';
import { giveAssertion } from '#lib/server/passkey/give-challenge.ts';
import { relyingParty } from '#lib/server/passkey/relying-party.ts';

/** What a browser needs to ask for somebody's own passkey, that they confirm to be there; undefined where there are none here. */
export async function askToConfirm(
	db: Db,
	{ staffId, sessionId }: { staffId: string; sessionId: string },
): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
	const party = relyingParty();
	if (!party) return undefined;
	const owner = { kind: 'staff', id: staffId } as const;
	const bound = { to: 'session', secret: sessionId } as const;
	return db.transaction().execute((trx) => giveAssertion(trx, { party, kind: 'staff', owner, bound }));
}
