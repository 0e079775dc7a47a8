import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findDrawnFor } from '#lib/server/second-review/second-review.repository.ts';

/**
 * Whether this person must not read what became of a case: a second look at it waits that they may take. Once it is answered, by
 * whomever, the case is open to them again.
 */
export async function isBlindTo(
	db: DbOrTrx,
	look: { readonly staffId: string; readonly applicationId: string },
): Promise<boolean> {
	return (await findDrawnFor(db, look)) !== undefined;
}
