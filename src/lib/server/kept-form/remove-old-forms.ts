import { now } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { deleteKeptBefore } from '#lib/server/kept-form/kept-form.repository.ts';

/** Removes the forms that nobody came back for in time; a job calls it every minute. */
export async function removeOldForms(db: DbOrTrx): Promise<void> {
	await deleteKeptBefore(db, now());
}
