import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import { answerChange, lockOpenChange } from '#lib/server/contact-number/number-change.repository.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** What came of ending a request. */
export type EndOutcome = { readonly ok: true } | { readonly ok: false; readonly refusal: 'not_open' };

/** Ends a request without changing anything: its asker withdraws it, anybody else of support refuses it. */
export async function endNumberChange(
	db: Db,
	{ cardholderId, staffId }: { cardholderId: string; staffId: string },
): Promise<EndOutcome> {
	return db.transaction().execute(async (trx): Promise<EndOutcome> => {
		const at = now();
		const change = await lockOpenChange(trx, cardholderId);
		if (!change || at >= change.expiresAt) return { ok: false, refusal: 'not_open' };
		const outcome = change.askedBy === staffId ? 'withdrawn' : 'refused';
		await answerChange(trx, change.id, { outcome, staffId, at, heldUntil: null });
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: `number_change.${outcome}`,
			subjectKind: 'number_change',
			subjectId: change.id,
			cardholderId,
		});
		return { ok: true };
	});
}
