import { type ContactRules, readContactRules } from '#lib/domain/contact/rules.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { findSetting } from '#lib/server/message/message.repository.ts';

/** The hours and the cap of the messages that we start, from the bank's settings. Throws where they make no sense. */
export async function getContactRules(db: DbOrTrx): Promise<ContactRules> {
	const rules = readContactRules((await findSetting(db, 'contact_rules')) ?? {}, env().bankTimeZone);
	if (!rules) throw new Error('the setting contact_rules makes no sense');
	return rules;
}
