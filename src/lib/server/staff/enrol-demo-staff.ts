import type { Db } from '#lib/server/db/connect.ts';
import { now } from '#lib/server/clock.ts';
import { env } from '#lib/server/env.ts';
import { addStaffIn, type NewStaff } from '#lib/server/staff/add-staff.ts';
import { enrolStaff } from '#lib/server/staff/enrol-staff.ts';
import { codeOfStep, stepAt } from '#lib/server/staff/one-time-code.ts';

/**
 * Adds a member of the demo's staff and enrols them with a known password and authenticator secret (base32), on the same
 * way that a person takes. Throws in production, and where the password or login would be refused to a person too.
 * The code spent on it is the one before the present, so that the present one still signs in.
 */
export async function enrolDemoStaff(
	db: Db,
	{ password, totpSecret, ...staff }: NewStaff & { password: string; totpSecret: string },
): Promise<{ staffId: string }> {
	if (env().mode === 'production') throw new Error('demo staff are not made in production');
	const added = await db.transaction().execute((trx) => addStaffIn(trx, staff, totpSecret));
	if (!added.ok) throw new Error(`demo staff ${staff.login}: ${added.refusal}`);
	const token = added.url.slice(added.url.lastIndexOf('/') + 1);
	// One instant for making the code and for judging it: between two, its step may pass.
	const at = now();
	const enrolled = await enrolStaff(db, { token, password, code: codeOfStep(totpSecret, stepAt(at) - 1) }, at);
	if (!enrolled.ok) throw new Error(`demo staff ${staff.login}: ${enrolled.refusal}`);
	return { staffId: enrolled.staffId };
}
