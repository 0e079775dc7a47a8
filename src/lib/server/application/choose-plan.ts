import type { Day } from '#lib/domain/day.ts';
import { type DraftRefusal, lockDraft, type Owner } from '#lib/server/application/draft.ts';
import { type PickRefusal, type PlanPick as AnyPick, quoteDraft } from '#lib/server/application/quote-draft.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** Which plan, from which version of its product: the one that the page showed. */
export interface PlanPick extends AnyPick {
	readonly productVersion: number;
}

/** Why a plan cannot be chosen now. */
export type ChooseRefusal = DraftRefusal | PickRefusal;

/**
 * Chooses a plan for the owner's draft: works it out on today's figures and keeps that as a numbered quote. What a form
 * holds and the product does not offer is refused. Choosing again makes another quote; the last one counts.
 */
export async function choosePlan(
	db: Db,
	{ owner, pick, today, at }: { owner: Owner; pick: PlanPick; today: Day; at: Date },
): Promise<{ ok: true; quoteId: string; number: number } | { ok: false; refusal: ChooseRefusal }> {
	return db.transaction().execute(async (trx) => {
		const locked = await lockDraft(trx, owner);
		return locked.ok ? quoteDraft(trx, { owner, draft: locked.draft, pick, today, at }) : locked;
	});
}
