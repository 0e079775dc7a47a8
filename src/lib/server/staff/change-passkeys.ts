import { now } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { addPasskey } from '#lib/server/passkey/add-passkey.ts';
import { listPasskeys } from '#lib/server/passkey/list-passkeys.ts';
import { removePasskeyIn } from '#lib/server/passkey/remove-passkey.ts';
import { isSessionConfirmed } from '#lib/server/session/confirm-session.ts';
import { lockStaff, type StaffRow } from '#lib/server/staff/staff.repository.ts';

/** Who changes their own passkeys, in which session, and how many minutes a confirmation stands there. */
export interface StaffInSession {
	readonly staffId: string;
	readonly sessionId: string;
	readonly minutes: number;
}

/**
 * Adds a passkey for somebody of the staff, to whose session it was offered. Only whoever has confirmed that they are there
 * may: a screen left open must not give a stranger a way in that lasts.
 */
export async function addStaffPasskey(
	db: Db,
	{ by, answer, name }: { by: StaffInSession; answer: string; name: string },
): Promise<{ ok: true } | { ok: false; refusal: 'not_taken' | 'already_added' | 'too_many' | 'not_confirmed' }> {
	return db.transaction().execute(async (trx) => {
		if (!(await lockConfirmed(trx, by))) return { ok: false, refusal: 'not_confirmed' };
		const owner = { kind: 'staff', id: by.staffId } as const;
		const added = await addPasskey(trx, { owner, bound: { to: 'session', secret: by.sessionId }, answer, name });
		return added.ok ? { ok: true } : added;
	});
}

/**
 * Removes a passkey of somebody of the staff, who must keep another or a one-time-code app: the last way in is refused
 * here, and by the database too.
 */
export async function removeStaffPasskey(
	db: Db,
	{ by, passkeyId }: { by: StaffInSession; passkeyId: string },
): Promise<{ ok: true } | { ok: false; refusal: 'not_found' | 'last_factor' | 'not_confirmed' }> {
	return db.transaction().execute(async (trx) => {
		const staff = await lockConfirmed(trx, by);
		if (!staff) return { ok: false, refusal: 'not_confirmed' };
		const owner = { kind: 'staff', id: by.staffId } as const;
		const passkeys = await listPasskeys(trx, owner);
		const isLast = passkeys.length === 1 && passkeys[0]?.id === passkeyId;
		if (isLast && !staff.totpSecretSealed) return { ok: false, refusal: 'last_factor' };
		return removePasskeyIn(trx, { owner, passkeyId });
	});
}

/** Locked, so that of two who take the last two ways at once the second finds one left. */
async function lockConfirmed(trx: Trx, { staffId, sessionId, minutes }: StaffInSession): Promise<StaffRow | undefined> {
	const staff = await lockStaff(trx, staffId);
	const isConfirmed = await isSessionConfirmed(trx, { staffId, sessionId, at: now(), minutes });
	return isConfirmed && staff && !staff.disabledAt ? staff : undefined;
}
