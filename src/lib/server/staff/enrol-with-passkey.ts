import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { addPasskey } from '#lib/server/passkey/add-passkey.ts';
import { askForNewPasskey } from '#lib/server/passkey/ask-for-new-passkey.ts';
import { removeOtherPasskeys } from '#lib/server/passkey/remove-passkey.ts';
import { endAllSessions } from '#lib/server/session/end-session.ts';
import { findOpenEnrolment, lockOpenEnrolment, useEnrolment } from '#lib/server/staff/enrolment.repository.ts';
import { saveEnrolledByPasskey } from '#lib/server/staff/staff.repository.ts';

/** What a browser needs to make the passkey of whoever holds an enrolment link; undefined where the link is over. */
export async function askForEnrolmentPasskey(
	db: Db,
	token: string,
): Promise<PublicKeyCredentialCreationOptionsJSON | undefined> {
	const found = await findOpenEnrolment(db, { tokenHash: sha256(token), at: now() });
	if (!found) return undefined;
	const owner = { kind: 'staff', id: found.staffId } as const;
	return askForNewPasskey(db, { owner, bound: { to: 'enrolment', secret: token }, label: found.login });
}

export type EnrolByPasskeyOutcome =
	{ readonly ok: true; readonly staffId: string } | { readonly ok: false; readonly refusal: 'link_over' | 'not_taken' };

/**
 * Enrols whoever holds the link with a passkey in place of password and app, once. Everything that they signed in with
 * before is gone, and whoever was signed in as them is signed out.
 */
export async function enrolWithPasskey(
	db: Db,
	{ token, answer, name }: { token: string; answer: string; name: string },
): Promise<EnrolByPasskeyOutcome> {
	return db.transaction().execute(async (trx) => {
		const at = now();
		const enrolment = await lockOpenEnrolment(trx, { tokenHash: sha256(token), at });
		if (!enrolment) return { ok: false, refusal: 'link_over' };
		const { id, staffId } = enrolment;
		const owner = { kind: 'staff', id: staffId } as const;
		const added = await addPasskey(trx, { owner, bound: { to: 'enrolment', secret: token }, answer, name });
		if (!added.ok) return { ok: false, refusal: 'not_taken' };
		await removeOtherPasskeys(trx, { owner, keep: added.passkeyId });
		await useEnrolment(trx, { id, at });
		await saveEnrolledByPasskey(trx, { id: staffId, at });
		await endAllSessions(trx, 'staff', staffId);
		const detail = { via: 'passkey' };
		await appendAudit(trx, {
			actor: owner,
			action: 'staff.enrolled',
			subjectKind: 'staff',
			subjectId: staffId,
			detail,
		});
		return { ok: true, staffId };
	});
}
