import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { findConfirmation } from '#lib/server/confirmation/confirmation.repository.ts';
import { confirmationCode } from '#lib/server/crypto/confirmation-code.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/**
 * The code that a confirmation takes at this moment, made anew when its message is handed over, and for how many minutes a
 * code is good. Undefined where the confirmation is used or over.
 */
export async function findConfirmationCode(
	db: DbOrTrx,
	confirmationId: string,
	at: Date,
): Promise<{ code: string; minutes: number } | undefined> {
	const found = await findConfirmation(db, confirmationId);
	if (!found || found.closedAt !== null || found.expiresAt <= at) return undefined;
	const { code } = await getAccessRules(db);
	const { codeSeed: seed, subjectHash, sends } = found;
	return { code: confirmationCode({ confirmationId, seed, subjectHash, sends }), minutes: code.minutes };
}
