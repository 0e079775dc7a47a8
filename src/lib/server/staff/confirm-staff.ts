import type { Throttle } from '#lib/domain/access/throttle.ts';
import { countUnlessTooMany, forgetCounts, hashForLimits } from '#lib/server/access/throttle.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { usePasskey } from '#lib/server/passkey/use-passkey.ts';
import { confirmSession } from '#lib/server/session/confirm-session.ts';
import { stepOfCode } from '#lib/server/staff/one-time-code.ts';
import { lockStaff, saveUsedStep, type StaffRow } from '#lib/server/staff/staff.repository.ts';
import { openTotpSecret } from '#lib/server/staff/totp-secret.ts';

/** With what somebody proves to be there: the code that their app shows, or a passkey's answer as JSON. */
export type Proof =
	{ readonly by: 'code'; readonly code: string } | { readonly by: 'passkey'; readonly answer: string };

export type ConfirmRefusal =
	| 'code_wrong'
	/** Right, and used before: the app shows the next one within half a minute. */
	| 'code_used'
	/** None of theirs, or too late; asking anew mends it. */
	| 'passkey_not_taken'
	/** The session is over, or its owner disabled. */
	| 'signed_out';

export type ConfirmOutcome =
	| { readonly ok: true }
	| { readonly ok: false; readonly refusal: ConfirmRefusal }
	| { readonly ok: false; readonly refusal: 'too_many_tries'; readonly until: Date };

/** Proofs tried by one person: few enough for no guess, and a slip or two costs nothing. */
const TRIES: Throttle = { most: 5, minutes: 15 };

/**
 * Confirms that the owner of a signed-in session is there, for the decisions of the next minutes (the setting `review`,
 * `confirmMinutes`). A code counts once, whether it signed in or confirmed.
 */
export async function confirmStaff(
	db: Db,
	{ staffId, sessionId, proof }: { staffId: string; sessionId: string; proof: Proof },
): Promise<ConfirmOutcome> {
	return db.transaction().execute(async (trx) => {
		const target = hashForLimits(`staff confirmation ${staffId}`);
		const until = await countUnlessTooMany(trx, { what: 'try', of: target, throttle: TRIES });
		if (until) {
			await audit(trx, staffId, 'staff.confirmation_refused', 'too_many_tries');
			return { ok: false, refusal: 'too_many_tries', until };
		}
		const at = now();
		const staff = await lockStaff(trx, staffId);
		const refusal = staff && !staff.disabledAt ? await judge(trx, { staff, sessionId, proof, at }) : 'signed_out';
		if (refusal || !(await confirmSession(trx, { sessionId, staffId, at }))) {
			await audit(trx, staffId, 'staff.confirmation_refused', refusal ?? 'signed_out');
			return { ok: false, refusal: refusal ?? 'signed_out' };
		}
		await forgetCounts(trx, target);
		await audit(trx, staffId, 'staff.confirmed', proof.by);
		return { ok: true };
	});
}

async function judge(
	trx: Trx,
	{ staff, sessionId, proof, at }: { staff: StaffRow; sessionId: string; proof: Proof; at: Date },
): Promise<ConfirmRefusal | undefined> {
	if (proof.by === 'passkey') {
		const owner = { kind: 'staff', id: staff.id } as const;
		const bound = { to: 'session', secret: sessionId } as const;
		const used = await usePasskey(trx, { kind: 'staff', owner, bound, answer: proof.answer });
		return used.ok ? undefined : 'passkey_not_taken';
	}
	if (!staff.totpSecretSealed) return 'code_wrong';
	const step = stepOfCode(openTotpSecret(staff.id, staff.totpSecretSealed), proof.code, at);
	if (step === undefined) return 'code_wrong';
	if (staff.totpLastStep !== null && step <= staff.totpLastStep) return 'code_used';
	await saveUsedStep(trx, { staffId: staff.id, step });
	return undefined;
}

async function audit(
	trx: Trx,
	staffId: string,
	action: 'staff.confirmed' | 'staff.confirmation_refused',
	how: string,
): Promise<void> {
	const detail = action === 'staff.confirmed' ? { via: how } : { cause: how };
	const actor = { kind: 'staff', id: staffId } as const;
	await appendAudit(trx, { actor, action, subjectKind: 'staff', subjectId: staffId, detail });
}
