import { keptUntil } from '#lib/domain/application/draft-keeping.ts';
import { readDraftRules } from '#lib/server/application/draft-rules.ts';
import { now } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { deleteDraftsSavedBefore } from '#lib/server/form-draft/form-draft.repository.ts';

/** Removes the words that nobody went on with for as long as drafts are kept; a job calls it every minute. */
export async function removeOldDrafts(db: DbOrTrx): Promise<void> {
	const { keptDays } = await readDraftRules(db);
	await deleteDraftsSavedBefore(db, keptUntil(now(), -keptDays));
}
