import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { removeOtherPasskeys } from '#lib/server/passkey/remove-passkey.ts';
import { endAllSessions } from '#lib/server/session/end-session.ts';
import { findOpenEnrolment, lockOpenEnrolment, useEnrolment } from '#lib/server/staff/enrolment.repository.ts';
import { stepOfCode } from '#lib/server/staff/one-time-code.ts';
import { hashPassword, type PasswordRefusal, passwordRefusal } from '#lib/server/staff/password.ts';
import { saveEnrolled } from '#lib/server/staff/staff.repository.ts';
import { openTotpSecret } from '#lib/server/staff/totp-secret.ts';

export type EnrolRefusal = PasswordRefusal | 'link_over' | 'code_wrong';

export type EnrolOutcome =
	{ readonly ok: true; readonly staffId: string } | { readonly ok: false; readonly refusal: EnrolRefusal };

/**
 * Sets the password and the authenticator app of whoever holds the link, once: the code proves that the app took the
 * secret in, and cannot be used again to sign in. Whoever was signed in as them is signed out. Nothing changes where it is refused.
 */
export async function enrolStaff(
	db: Db,
	enrolment: { token: string; password: string; code: string },
	at = now(),
): Promise<EnrolOutcome> {
	const tokenHash = sha256(enrolment.token);
	const found = await findOpenEnrolment(db, { tokenHash, at });
	if (!found) return { ok: false, refusal: 'link_over' };
	const refusal = passwordRefusal(enrolment.password, found.login);
	if (refusal) return { ok: false, refusal };
	const step = stepOfCode(openTotpSecret(found.staffId, found.totpSecretSealed), enrolment.code, at);
	if (step === undefined) return { ok: false, refusal: 'code_wrong' };
	const passwordHash = await hashPassword(enrolment.password);
	return db.transaction().execute((trx) => enrolIn(trx, { tokenHash, passwordHash, step, at }));
}

async function enrolIn(
	trx: Trx,
	{ tokenHash, passwordHash, step, at }: { tokenHash: Buffer; passwordHash: string; step: number; at: Date },
): Promise<EnrolOutcome> {
	const enrolment = await lockOpenEnrolment(trx, { tokenHash, at });
	if (!enrolment) return { ok: false, refusal: 'link_over' };
	const { id, staffId, totpSecretSealed } = enrolment;
	await useEnrolment(trx, { id, at });
	await saveEnrolled(trx, { id: staffId, passwordHash, totpSecretSealed, totpLastStep: step, at });
	await endAllSessions(trx, 'staff', staffId);
	const actor = { kind: 'staff', id: staffId } as const;
	// Whoever lost what they signed in with gets a new link: what was lost must open nothing any more.
	await removeOtherPasskeys(trx, { owner: actor, keep: null });
	await appendAudit(trx, { actor, action: 'staff.enrolled', subjectKind: 'staff', subjectId: staffId });
	return { ok: true, staffId };
}
