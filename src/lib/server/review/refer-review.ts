import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { saveReferral } from '#lib/server/review/pause.repository.ts';
import { type AsideRefusal, putAside } from '#lib/server/review/put-aside.ts';
import type { HeldReview } from '#lib/server/review/renew-lease.ts';

/** Refers a case in hand to a supervisor, with a note: from then on only supervisors are given it. It decides nothing. */
export async function referReview(
	db: Db,
	held: HeldReview & { note: string },
): Promise<{ ok: true } | { ok: false; refusal: AsideRefusal }> {
	const { staffId, applicationId, fence } = held;
	return putAside<never>(db, { ...held, leftFor: 'referred' }, async (trx, { cardholderId }, at) => {
		await saveReferral(trx, { applicationId, by: staffId, at });
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: 'review.referred',
			subjectKind: 'application',
			subjectId: applicationId,
			cardholderId,
			detail: { fence },
		});
		return undefined;
	});
}
