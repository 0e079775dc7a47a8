import type { StaffRole } from '#lib/domain/access/permission.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { createStaffSession } from '#lib/server/session/start-session.ts';
import { newTotpSecret, stepOfCode } from '#lib/server/staff/one-time-code.ts';
import { fitsPassword } from '#lib/server/staff/password.ts';
import { forgetSignInTries, throttleSignIn } from '#lib/server/staff/sign-in-throttle.ts';
import { findStaffByLogin, lockStaff, saveUsedStep, type StaffRow } from '#lib/server/staff/staff.repository.ts';
import { openTotpSecret } from '#lib/server/staff/totp-secret.ts';

/** What was typed, and from where. */
export interface StaffSignIn {
	readonly login: string;
	readonly password: string;
	readonly code: string;
	readonly ip: string;
}

export type StaffSignInOutcome =
	| { readonly ok: true; readonly token: string; readonly role: StaffRole }
	| { readonly ok: false; readonly refusal: 'sign_in_wrong' }
	| { readonly ok: false; readonly refusal: 'too_many_tries'; readonly until: Date };

/** Why, for the audit log only: the answer never tells. */
type Cause = 'unknown_login' | 'not_enrolled' | 'disabled' | 'password' | 'code' | 'code_used' | 'too_many_tries';

/**
 * Signs a member of staff in with password and authenticator code, and returns the token for the session's cookie. An
 * unknown login costs the same work and gets the same answer as a wrong password or code. Each code signs in once.
 */
export async function signInStaff(db: Db, given: StaffSignIn): Promise<StaffSignInOutcome> {
	const login = plainText(given.login.normalize('NFKC')).toLowerCase().slice(0, 100);
	const staff = await findStaffByLogin(db, login);
	const until = await throttleSignIn(db, { login, ip: given.ip });
	if (until) {
		await db.transaction().execute((trx) => auditFailure(trx, staff, 'too_many_tries'));
		return { ok: false, refusal: 'too_many_tries', until };
	}
	const at = now();
	const passwordFits = await fitsPassword(staff?.passwordHash, given.password);
	const step = stepOfCode(secretOf(staff), given.code, at);
	const cause = causeOf({ staff, passwordFits, step });
	return db.transaction().execute((trx) => finish(trx, { staff, step, cause, login }));
}

function causeOf({
	staff,
	passwordFits,
	step,
}: {
	staff?: StaffRow | undefined;
	passwordFits: boolean;
	step?: number | undefined;
}): Cause | undefined {
	if (!staff) return 'unknown_login';
	if (staff.disabledAt) return 'disabled';
	if (!staff.passwordHash) return 'not_enrolled';
	if (!passwordFits) return 'password';
	return step === undefined ? 'code' : undefined;
}

async function finish(
	trx: Trx,
	{
		staff,
		step,
		cause,
		login,
	}: { staff: StaffRow | undefined; step: number | undefined; cause: Cause | undefined; login: string },
): Promise<StaffSignInOutcome> {
	const locked = staff && (await lockStaff(trx, staff.id));
	const late = cause ?? lateCauseOf(staff, locked, step);
	if (late !== undefined || !locked || step === undefined) {
		await auditFailure(trx, staff, late ?? 'code');
		return { ok: false, refusal: 'sign_in_wrong' };
	}
	const staffId = locked.id;
	await saveUsedStep(trx, { staffId, step });
	await forgetSignInTries(trx, login);
	const { token } = await createStaffSession(trx, { staffId });
	const actor = { kind: 'staff', id: staffId } as const;
	await appendAudit(trx, { actor, action: 'staff.signed_in', subjectKind: 'staff', subjectId: staffId });
	return { ok: true, token, role: locked.role };
}

/** What changed between reading and locking, and the code that somebody used a moment ago. */
function lateCauseOf(
	read: StaffRow | undefined,
	locked: StaffRow | undefined,
	step: number | undefined,
): Cause | undefined {
	if (!locked || locked.disabledAt) return 'disabled';
	if (locked.passwordHash !== read?.passwordHash) return 'password';
	if (step !== undefined && locked.totpLastStep !== null && step <= locked.totpLastStep) return 'code_used';
	return undefined;
}

async function auditFailure(trx: Trx, staff: StaffRow | undefined, cause: Cause): Promise<void> {
	const subjectId = staff?.id ?? 'unknown';
	const actor = { kind: 'visitor', id: null } as const;
	await appendAudit(trx, {
		actor,
		action: 'staff.sign_in_refused',
		subjectKind: 'staff',
		subjectId,
		detail: { cause },
	});
}

const NOBODYS_SECRET = newTotpSecret();
function secretOf(staff: StaffRow | undefined): string {
	return staff?.totpSecretSealed ? openTotpSecret(staff.id, staff.totpSecretSealed) : NOBODYS_SECRET;
}
