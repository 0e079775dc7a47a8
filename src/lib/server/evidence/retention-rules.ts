import * as v from 'valibot';
import { type RetentionDays } from '#lib/domain/application/retention.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findRetentionSetting } from '#lib/server/evidence/retention.repository.ts';

const days = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(36_500));
const byOutcome = v.object({ approved: days, declined: days, withdrawn: days, expired_draft: days });
const schema = v.object({ reason: byOutcome, income: byOutcome, other: byOutcome });

/**
 * For how long evidence is kept, by purpose and outcome; the setting `evidence_retention`. Throws where it is missing or makes no
 * sense: nothing is erased by a rule that nobody wrote.
 */
export async function readRetentionDays(db: DbOrTrx): Promise<RetentionDays> {
	return v.parse(schema, await findRetentionSetting(db));
}
