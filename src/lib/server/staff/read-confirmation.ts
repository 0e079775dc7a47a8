import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { listPasskeys } from '#lib/server/passkey/list-passkeys.ts';
import { relyingParty } from '#lib/server/passkey/relying-party.ts';
import { isSessionConfirmed } from '#lib/server/session/confirm-session.ts';
import { stepAt } from '#lib/server/staff/one-time-code.ts';
import { findStaff } from '#lib/server/staff/staff.repository.ts';

/** What a page that is about to decide asks of the person before it. */
export interface Confirmation {
	/** Whether a proof is due: none was given within the bank's minutes. */
	readonly isDue: boolean;
	/** Whether they have a one-time-code app. */
	readonly hasApp: boolean;
	/** Whether they have a passkey, and it can be used here. */
	readonly hasPasskey: boolean;
	/** Whether the code that the app shows at this moment was used already. */
	readonly isCodeUsed: boolean;
}

/** Whether this session must be confirmed before it decides, and with what that can be done. */
export async function readConfirmation(
	db: Db,
	{ staffId, sessionId, minutes }: { staffId: string; sessionId: string; minutes: number },
): Promise<Confirmation> {
	const at = now();
	const staff = await findStaff(db, staffId);
	const isDue = !(await isSessionConfirmed(db, { staffId, sessionId, at, minutes }));
	const hasPasskey =
		relyingParty() !== undefined && (await listPasskeys(db, { kind: 'staff', id: staffId })).length > 0;
	const { totpSecretSealed = null, totpLastStep = null } = staff ?? {};
	const isCodeUsed = totpLastStep !== null && totpLastStep >= stepAt(at);
	return { isDue, hasApp: totpSecretSealed !== null, hasPasskey, isCodeUsed };
}
