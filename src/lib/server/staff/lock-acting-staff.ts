import type { ActingStaff } from '#lib/domain/access/four-eyes.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { lockActing } from '#lib/server/staff/staff.repository.ts';

/** Who acts, locked so that a role taken away meanwhile is seen; undefined for somebody unknown. */
export async function lockActingStaff(trx: Trx, staffId: string): Promise<ActingStaff | undefined> {
	return lockActing(trx, staffId);
}
