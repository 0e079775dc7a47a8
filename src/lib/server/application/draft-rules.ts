import * as v from 'valibot';
import { findDraftSetting } from '#lib/server/application/kept-draft.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

const schema = v.object({ keptDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365)) });

/** How long drafts are kept; the setting `draft`. Throws where it is missing or makes no sense. */
export async function readDraftRules(db: DbOrTrx): Promise<{ readonly keptDays: number }> {
	return v.parse(schema, await findDraftSetting(db));
}
