import { isConfirmed } from '#lib/domain/access/confirmation.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';
import {
	findConfirmedAt,
	saveConfirmedAt,
	type StaffSessionKey,
} from '#lib/server/session/staff-confirmation.repository.ts';

/** Notes that a session's owner has just proved to be there. False where the session is over, or another's. */
export async function confirmSession(trx: Trx, session: StaffSessionKey & { at: Date }): Promise<boolean> {
	return saveConfirmedAt(trx, session);
}

/** Whether a session's owner proved to be there within so many minutes; never for a session that is over or another's. */
export async function isSessionConfirmed(
	db: DbOrTrx,
	{ minutes, ...session }: StaffSessionKey & { at: Date; minutes: number },
): Promise<boolean> {
	return isConfirmed((await findConfirmedAt(db, session)) ?? null, session.at, minutes);
}
