import * as v from 'valibot';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findPushSetting } from '#lib/server/push/push-setting.repository.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

const Rules = v.object({
	/** So long is waited for a device's word that a notice has come, before the SMS goes. */
	receiptMinutes: count,
	/** So many devices may one person have. */
	mostDevices: count,
	/** After so many notices in a row into silence a device counts as gone. */
	mostUnanswered: count,
});

/** The bank's rules for push. */
export type PushRules = v.InferOutput<typeof Rules>;

/** Reads the setting `push`. Throws where it makes no sense. */
export async function readPushRules(db: DbOrTrx): Promise<PushRules> {
	return v.parse(Rules, await findPushSetting(db, 'push'));
}
