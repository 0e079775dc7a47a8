import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import { randomToken } from '#lib/server/crypto/random-token.ts';

import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { newTotpSecret } from '#lib/server/staff/one-time-code.ts';
import { sealTotpSecret } from '#lib/server/staff/totp-secret.ts';
import { expireEnrolments, insertEnrolment } from '#lib/server/staff/enrolment.repository.ts';
import { lockStaff } from '#lib/server/staff/staff.repository.ts';

const LIFETIME_MS = 7 * 86_400_000;

/**
 * Makes a one-time enrolment link for somebody and returns its address; an earlier link of theirs dies. Only the SHA-256
 * of its token is kept, and the authenticator app's secret only sealed.
 */
export async function issueEnrolment(
	trx: Trx,
	{ staffId, actor, totpSecret }: { staffId: string; actor: Actor; totpSecret?: string | undefined },
): Promise<string> {
	const token = randomToken();
	const at = now();
	await expireEnrolments(trx, { staffId, at });
	await insertEnrolment(trx, {
		staffId,
		tokenHash: sha256(token),
		totpSecretSealed: sealTotpSecret(staffId, totpSecret ?? newTotpSecret()),
		createdAt: at,
		expiresAt: new Date(at.getTime() + LIFETIME_MS),
	});
	await appendAudit(trx, { actor, action: 'staff.enrolment_issued', subjectKind: 'staff', subjectId: staffId });
	return `${env().origin}/staff/enrol/${token}`;
}

/** A new link for somebody who lost theirs, or their phone. What they sign in with stays until they have enrolled again. */
export async function renewEnrolment(
	db: Db,
	{ staffId, actor }: { staffId: string; actor: Actor },
): Promise<{ ok: true; url: string } | { ok: false; refusal: 'not_found' | 'disabled' }> {
	return db.transaction().execute(async (trx) => {
		const staff = await lockStaff(trx, staffId);
		if (!staff) return { ok: false, refusal: 'not_found' };
		if (staff.disabledAt) return { ok: false, refusal: 'disabled' };
		return { ok: true, url: await issueEnrolment(trx, { staffId, actor }) };
	});
}
