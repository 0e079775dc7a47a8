import type { SessionKind } from '#lib/domain/access/session.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { endDebtCopies } from '#lib/server/passkey/debt-copy.ts';
import { forgetDevices } from '#lib/server/push/forget-devices.ts';
import { endAllSessions } from '#lib/server/session/end-session.ts';

/**
 * Ends every session of the person who asks, this one too; a cardholder's devices are told nothing any more, and keep no copy of what
 * they owe once they have a line.
 */
export async function endEverywhere(
	db: Db,
	{ kind, userId }: { readonly kind: SessionKind; readonly userId: string },
): Promise<void> {
	await db.transaction().execute(async (trx) => {
		await endAllSessions(trx, kind, userId);
		if (kind === 'cardholder') {
			await endDebtCopies(trx, userId);
			await forgetDevices(trx, { cardholderId: userId, actor: { kind, id: userId }, why: 'signed_out_everywhere' });
		}
		await appendAudit(trx, {
			actor: { kind, id: userId },
			action: 'sign_in.ended_everywhere',
			subjectKind: kind,
			subjectId: userId,
			cardholderId: kind === 'cardholder' ? userId : null,
		});
	});
}
