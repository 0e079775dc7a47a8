import * as v from 'valibot';
import { findSupportSetting } from '#lib/server/support/deed.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** What support may do for a caller, and how often; the setting `support`. */
export interface SupportRules {
	/** How long the characters of a screen are good. */
	readonly screenMinutes: number;
	/** So many wrong ones by one of the staff for one person, within so many minutes. */
	readonly screenMisses: { readonly most: number; readonly minutes: number };
	/** How often a person's locks may be lifted on one of the bank's days. */
	readonly unlocksPerDay: number;
	/** For so long is a changed number worth a word before a link is sent to it. */
	readonly recentChangeDays: number;
}

const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const schema = v.object({
	screenMinutes: whole(60),
	screenMisses: v.object({ most: whole(20), minutes: whole(1_440) }),
	unlocksPerDay: whole(20),
	recentChangeDays: v.optional(whole(365), 30),
});

/** The rules in force. Throws where the setting is missing or makes no sense. */
export async function readSupportRules(db: DbOrTrx): Promise<SupportRules> {
	return v.parse(schema, await findSupportSetting(db));
}
