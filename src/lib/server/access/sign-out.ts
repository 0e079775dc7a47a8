import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { endSession } from '#lib/server/session/end-session.ts';

/** Ends a cardholder's session. */
export async function signOut(
	db: Db,
	{ id: cardholderId, sessionId }: { readonly id: string; readonly sessionId: string },
): Promise<void> {
	await db.transaction().execute(async (trx) => {
		await endSession(trx, 'cardholder', sessionId);
		await appendAudit(trx, {
			actor: { kind: 'cardholder', id: cardholderId },
			action: 'sign_in.ended',
			subjectKind: 'cardholder',
			subjectId: cardholderId,
			cardholderId,
		});
	});
}
