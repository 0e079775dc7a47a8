import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { endAllSessions } from '#lib/server/session/end-session.ts';
import { expireEnrolments } from '#lib/server/staff/enrolment.repository.ts';
import { lockStaff, saveDisabled } from '#lib/server/staff/staff.repository.ts';

/**
 * Shuts somebody out: from the next request on they are signed out, and no link of theirs works. Reviews in their hands
 * return to the queue when the lease ends. Disabling twice is harmless; nobody can disable themselves.
 */
export async function disableStaff(
	db: Db,
	{ staffId, actor }: { staffId: string; actor: Actor },
): Promise<{ ok: true } | { ok: false; refusal: 'not_found' | 'own_account' }> {
	if (actor.kind === 'staff' && actor.id === staffId) return { ok: false, refusal: 'own_account' };
	return db.transaction().execute(async (trx) => {
		const staff = await lockStaff(trx, staffId);
		if (!staff) return { ok: false, refusal: 'not_found' };
		if (staff.disabledAt) return { ok: true };
		const at = now();
		await saveDisabled(trx, { staffId, at });
		await expireEnrolments(trx, { staffId, at });
		await endAllSessions(trx, 'staff', staffId);
		await appendAudit(trx, { actor, action: 'staff.disabled', subjectKind: 'staff', subjectId: staffId });
		return { ok: true };
	});
}
