import type { KeepingRules } from '#lib/domain/agreement/keeping.ts';
import { findKeepingSetting } from '#lib/server/agreement/keeping.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** The bank's rules for keeping plans, from its settings. Throws where they make no sense. */
export async function getKeepingRules(db: DbOrTrx): Promise<KeepingRules> {
	const { noticeDaysBefore, postingDays } = (await findKeepingSetting(db)) ?? {};
	if (!isDays(noticeDaysBefore) || !isDays(postingDays)) throw new Error('the setting agreements makes no sense');
	return { noticeDaysBefore, postingDays };
}

function isDays(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
