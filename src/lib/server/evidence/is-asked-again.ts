import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { selectIsAskedAgain } from '#lib/server/evidence/check.repository.ts';

/** Whether any page of an application is asked for again. It stays true for as long as the application is locked. */
export async function isAskedAgain(db: DbOrTrx, applicationId: string): Promise<boolean> {
	return selectIsAskedAgain(db, applicationId);
}
