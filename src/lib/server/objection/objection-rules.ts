import * as v from 'valibot';
import type { ObjectionRules } from '#lib/domain/review/objection.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findObjectionSetting } from '#lib/server/objection/objection.repository.ts';

const schema = v.object({
	withinDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365)),
	answerWorkingDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
});

/** How the bank takes objections; the setting `objection`. Throws where it is missing or makes no sense. */
export async function readObjectionRules(db: DbOrTrx): Promise<ObjectionRules> {
	return v.parse(schema, await findObjectionSetting(db));
}
