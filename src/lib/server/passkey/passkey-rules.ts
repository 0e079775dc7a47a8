import { type PasskeyRules, readPasskeyRules } from '#lib/domain/access/passkey.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findPasskeySetting } from '#lib/server/passkey/passkey.repository.ts';

/** The rules of passkeys, from the bank's setting `passkeys`. Throws where they make no sense. */
export async function getPasskeyRules(db: DbOrTrx): Promise<PasskeyRules> {
	const rules = readPasskeyRules((await findPasskeySetting(db)) ?? {});
	if (!rules) throw new Error('the setting passkeys makes no sense');
	return rules;
}
