import { type AccessRules, readAccessRules } from '#lib/domain/access/access-rules.ts';
import { findAccessSetting } from '#lib/server/access/link.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** The rules of links and codes, from the bank's settings. Throws where they make no sense. */
export async function getAccessRules(db: DbOrTrx): Promise<AccessRules> {
	const rules = readAccessRules((await findAccessSetting(db)) ?? {});
	if (!rules) throw new Error('the setting access makes no sense');
	return rules;
}
