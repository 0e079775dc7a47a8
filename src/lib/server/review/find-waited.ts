import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findWaitedMs } from '#lib/server/review/pause.repository.ts';

/** By how many milliseconds the promise of an answer was moved, because the bank waited for the cardholder. */
export async function findWaited(db: DbOrTrx, applicationId: string): Promise<number> {
	return findWaitedMs(db, applicationId);
}
