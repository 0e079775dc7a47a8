import { type ResendState } from '#lib/domain/access/resend.ts';
import { dayIn } from '#lib/domain/day.ts';
import { findResendState } from '#lib/server/access/link.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';

/** What bears on sending an account one more link at an instant; days are the bank's. */
export async function readResendState(db: DbOrTrx, accountId: string, at: Date): Promise<ResendState> {
	const timeZone = env().bankTimeZone;
	return findResendState(db, { accountId, day: dayIn(at, timeZone), timeZone });
}
