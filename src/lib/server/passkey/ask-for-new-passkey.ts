import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import type { Db } from '#lib/server/db/connect.ts';
import { giveRegistration } from '#lib/server/passkey/give-challenge.ts';
import type { Bound, PasskeyOwner } from '#lib/server/passkey/owner.ts';
import { relyingParty } from '#lib/server/passkey/relying-party.ts';

/** What a browser needs to make a passkey for somebody (see `giveRegistration`); undefined where there are none here. */
export async function askForNewPasskey(
	db: Db,
	{ owner, bound, label }: { owner: PasskeyOwner; bound: Bound; label: string },
): Promise<PublicKeyCredentialCreationOptionsJSON | undefined> {
	const party = relyingParty();
	return party && db.transaction().execute((trx) => giveRegistration(trx, { party, owner, bound, label }));
}
