import { changeDraft, type DraftRefusal, lockDraft, type Owner } from '#lib/server/application/draft.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';

/**
 * Asks the bank for an offer instead of choosing a plan, because none fits: the draft then holds no quote, and can be
 * submitted without one. Choosing a plan afterwards takes the question back.
 */
export async function askForOffer(
	db: Db,
	{ owner, at }: { owner: Owner; at: Date },
): Promise<{ ok: true } | { ok: false; refusal: DraftRefusal }> {
	return db.transaction().execute(async (trx) => {
		const locked = await lockDraft(trx, owner);
		if (!locked.ok) return locked;
		const { draft } = locked;
		if (draft.wantsOffer && draft.quoteId === null) return { ok: true };
		await changeDraft(trx, draft, at, { quoteId: null, wantsOffer: true });
		await appendAudit(trx, {
			actor: { kind: 'cardholder', id: owner.cardholderId },
			action: 'application.asked_for_offer',
			subjectKind: 'application',
			subjectId: draft.id,
			cardholderId: owner.cardholderId,
		});
		return { ok: true };
	});
}
