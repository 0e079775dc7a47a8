import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { countAgreement } from '#lib/server/second-review/second-review.repository.ts';

/** How many second looks were taken from one day to another, both included, and how many came to the same outcome. */
export async function readAgreement(
	db: DbOrTrx,
	{ from, to }: { from: Day; to: Day },
): Promise<{ reviewed: number; agreed: number }> {
	return countAgreement(db, { from, to, timeZone: env().bankTimeZone });
}
