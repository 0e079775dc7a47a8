import type { Day } from '#lib/domain/day.ts';
import { ineligibilities } from '#lib/domain/plan/eligibility.ts';
import type { PlanChoice, QuoteRefusal } from '#lib/domain/plan/quote.ts';
import { findOwnAccountState } from '#lib/server/account/account-state.ts';
import { changeDraft, type DraftRefusal, lockDraft, type Owner } from '#lib/server/application/draft.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { situationOf } from '#lib/server/plan/list-options.ts';
import { quotedAccount, quoteFor } from '#lib/server/plan/quoted-account.ts';
import { listOfferedProducts } from '#lib/server/plan/read-products.ts';
import { recordQuote } from '#lib/server/plan/record-quote.ts';

/** Which plan, from which version of its product: the one that the page showed. */
export interface PlanPick {
	readonly productCode: string;
	readonly productVersion: number;
	readonly choice: PlanChoice;
}

/** Why a plan cannot be chosen now. */
export type ChooseRefusal = DraftRefusal | QuoteRefusal | 'being_checked' | 'not_offered' | 'not_eligible';

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
		const { draft } = locked;
		const state = await findOwnAccountState(trx, owner);
		if (!state || state.beingChecked) return { ok: false, refusal: 'being_checked' };
		const product = (await listOfferedProducts(trx)).find(({ code }) => code === pick.productCode);
		if (!product || product.version !== pick.productVersion) return { ok: false, refusal: 'not_offered' };
		const account = quotedAccount(state, today);
		const situation = situationOf(account, { reason: draft.reason, evidence: [] });
		const against = ineligibilities(product.eligibility, situation).filter((why) => why !== 'evidence_missing');
		if (against.length > 0) return { ok: false, refusal: 'not_eligible' };
		const made = quoteFor(product, account, pick.choice);
		if (!made.ok) return made;
		const { quote } = made;
		const { postingMark } = state;
		const applicationId = draft.id;
		const { accountId } = owner;
		const recorded = await recordQuote(trx, { applicationId, accountId, product, quote, asOf: today, postingMark, at });
		await changeDraft(trx, draft, at, { quoteId: recorded.id });
		await appendAudit(trx, {
			actor: { kind: 'cardholder', id: owner.cardholderId },
			action: 'quote.chosen',
			subjectKind: 'quote',
			subjectId: recorded.id,
			cardholderId: owner.cardholderId,
			detail: { applicationId, product: product.code, version: product.version, number: recorded.number },
		});
		return { ok: true, quoteId: recorded.id, number: recorded.number };
	});
}
