import type { StaffRole } from '#lib/domain/access/permission.ts';
import type { Db } from '#lib/server/db/connect.ts';
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
