import type { StaffRole } from '#lib/domain/access/permission.ts';
import { now } from '#lib/server/clock.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { confirmSession } from '#lib/server/session/confirm-session.ts';
import { createStaffSession } from '#lib/server/session/start-session.ts';
import { addStaff } from '#lib/server/staff/add-staff.ts';

/** Somebody of the staff, by a login that the test chooses, who need not sign in. */
export async function makeStaff(
	db: Db,
	login: string,
	role: StaffRole = 'agent',
	cardholderId?: string,
): Promise<string> {
	const added = await addStaff(db, { login, name: login, role, cardholderId: cardholderId ?? null });
	if (!added.ok) throw new Error(added.refusal);
	return added.staffId;
}

/** A session of somebody of the staff, who has just proved to be there; its id, as a decision names it. */
export async function confirmedSession(db: Db, staffId: string): Promise<string> {
	const { token } = await createStaffSession(db, { staffId });
	const sessionId = sha256Hex(token);
	await db.transaction().execute((trx) => confirmSession(trx, { sessionId, staffId, at: now() }));
	return sessionId;
}
