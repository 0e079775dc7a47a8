import { networkOf } from '#lib/domain/access/network.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { countInCrowd, nextAllowedInCrowd } from '#lib/server/access/crowd.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { type PasskeyCause, usePasskey } from '#lib/server/passkey/use-passkey.ts';
import { createStaffSession } from '#lib/server/session/start-session.ts';
import type { StaffSignInOutcome } from '#lib/server/staff/sign-in-staff.ts';
import { lockStaff } from '#lib/server/staff/staff.repository.ts';

/**
 * Signs a member of staff in with a passkey alone: the device asks for finger, face or screen lock before it answers, so
 * that having it and being its owner are two factors. Somebody disabled gets the answer of a wrong one.
 */
export async function signInByPasskey(
	db: Db,
	{ browser, answer, ip }: { browser: string; answer: string; ip: string },
): Promise<StaffSignInOutcome> {
	return db.transaction().execute(async (trx) => {
		const { failuresPerAddress: throttle } = await getAccessRules(trx);
		const address = { what: 'failure-address', of: `staff ${networkOf(ip)}` } as const;
		const until = await nextAllowedInCrowd(trx, { ...address, throttle });
		if (until) {
			await auditFailure(trx, 'unknown', 'too_many_tries');
			return { ok: false, refusal: 'too_many_tries', until };
		}
		const bound = { to: 'browser', secret: browser } as const;
		const used = await usePasskey(trx, { kind: 'staff', owner: null, bound, answer });
		const staff = used.ok ? await lockStaff(trx, used.owner.id) : undefined;
		if (!used.ok || !staff || staff.disabledAt) {
			await countInCrowd(trx, address);
			const subjectId = used.ok
				? used.owner.id
				: used.passkey?.owner.kind === 'staff'
					? used.passkey.owner.id
					: 'unknown';
			await auditFailure(trx, subjectId, used.ok ? 'disabled' : used.cause);
			return { ok: false, refusal: 'sign_in_wrong' };
		}
		const { token } = await createStaffSession(trx, { staffId: staff.id });
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staff.id },
			action: 'staff.signed_in',
			subjectKind: 'staff',
			subjectId: staff.id,
			detail: { via: 'passkey', passkeyId: used.passkeyId },
		});
		return { ok: true, token, role: staff.role };
	});
}

async function auditFailure(
	trx: Trx,
	subjectId: string,
	cause: PasskeyCause | 'disabled' | 'too_many_tries',
): Promise<void> {
	await appendAudit(trx, {
		actor: { kind: 'visitor', id: null },
		action: 'staff.sign_in_refused',
		subjectKind: 'staff',
		subjectId,
		detail: { via: 'passkey', cause },
	});
}
