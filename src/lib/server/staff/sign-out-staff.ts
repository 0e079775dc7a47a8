import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { endSession } from '#lib/server/session/end-session.ts';

/** Ends this one session. A review in hand stays theirs until its lease ends, so that signing in again loses nothing. */
export async function signOutStaff(
	db: Db,
	{ staffId, sessionId }: { staffId: string; sessionId: string },
): Promise<void> {
	await db.transaction().execute(async (trx) => {
		await endSession(trx, 'staff', sessionId);
		const actor = { kind: 'staff', id: staffId } as const;
		await appendAudit(trx, { actor, action: 'staff.signed_out', subjectKind: 'staff', subjectId: staffId });
	});
}
