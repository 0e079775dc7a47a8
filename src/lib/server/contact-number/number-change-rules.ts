import * as v from 'valibot';
import { NUMBER_PROOFS, type NumberChangeRules, PROOFS_NEEDED } from '#lib/domain/access/number-change.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findNumberChangeSetting } from '#lib/server/contact-number/number-change.repository.ts';

const hours = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(168));
const schema = v.object({
	proofs: v.pipe(v.array(v.picklist(NUMBER_PROOFS)), v.minLength(PROOFS_NEEDED)),
	openHours: hours,
	holdHours: hours,
	mismatches: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)),
});

/** How numbers are changed here; the setting `number_change`. Throws where it is missing or makes no sense. */
export async function readNumberChangeRules(db: DbOrTrx): Promise<NumberChangeRules> {
	return v.parse(schema, await findNumberChangeSetting(db));
}
