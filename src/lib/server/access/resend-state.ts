import type { ResendState } from '#lib/domain/access/resend.ts';
import { dayIn } from '#lib/domain/day.ts';
import { findLinksByStaff } from '#lib/server/access/link.repository.ts';
import { findSilenceOf } from '#lib/server/access/silenced-people.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';

/** What bears on sending one more link for an account of a person at an instant; days are the bank's. */
export async function readResendState(
	db: DbOrTrx,
	{ cardholderId, accountId, at }: { cardholderId: string; accountId: string; at: Date },
): Promise<ResendState> {
	const timeZone = env().bankTimeZone;
	return {
		...(await findLinksByStaff(db, { accountId, day: dayIn(at, timeZone), timeZone })),
		silencedAt: (await findSilenceOf(db, cardholderId)) ?? null,
	};
}
