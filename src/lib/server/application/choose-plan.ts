import type { Day } from '#lib/domain/day.ts';
import { type FirstDueRefusal, readFirstDueDate } from '#lib/domain/plan/first-due-date.ts';
import { type DraftRefusal, lockDraft, type Owner } from '#lib/server/application/draft.ts';
import { type PickRefusal, type PlanPick as AnyPick, quoteDraft } from '#lib/server/application/quote-draft.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** Which plan, from which version of its product: the one that the page showed. */
export interface PlanPick extends AnyPick {
	readonly productVersion: number;
	/** The first due date as the form held it; empty or absent for the ordinary one. */
	readonly firstDueDate?: string;
}

/** Why a plan cannot be chosen now. */
export type ChooseRefusal = DraftRefusal | PickRefusal | FirstDueRefusal;

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
		if (!locked.ok) return locked;
		const first = pick.firstDueDate ? readFirstDueDate(pick.firstDueDate, today) : undefined;
		if (first?.ok === false) return first;
		const choice = { ...pick.choice, ...(first && { firstDueDate: first.day }) };
		return quoteDraft(trx, { owner, draft: locked.draft, pick: { ...pick, choice }, today, at });
	});
}
