import type { StaffRole } from '#lib/domain/access/permission.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { codeOfStep, stepAt } from '#lib/server/staff/one-time-code.ts';
import { listStaffRows } from '#lib/server/staff/staff.repository.ts';
import { openTotpSecret } from '#lib/server/staff/totp-secret.ts';

/**
 * One who can sign in, with the code that works now: the next one where the present code was used already. Null where that
 * was used as well, until the app shows another.
 */
export interface DemoCode {
	readonly login: string;
	readonly name: string;
	readonly role: StaffRole;
	readonly code: string | null;
}

/** The present one-time codes of all staff, for the demo's inbox. Throws in production. */
export async function listDemoCodes(db: Db): Promise<DemoCode[]> {
	if (env().mode === 'production') throw new Error('one-time codes are told in the demo only');
	const step = stepAt(now());
	const rows = await listStaffRows(db);
	return rows.flatMap(({ id, login, name, role, totpSecretSealed, totpLastStep, disabledAt }) => {
		if (!totpSecretSealed || disabledAt) return [];
		const unused = Math.max(step, (totpLastStep ?? 0) + 1);
		const code = unused > step + 1 ? null : codeOfStep(openTotpSecret(id, totpSecretSealed), unused);
		return [{ login, name, role, code }];
	});
}
