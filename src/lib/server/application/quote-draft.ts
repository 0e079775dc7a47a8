import type { Day } from '#lib/domain/day.ts';
import { ineligibilities } from '#lib/domain/plan/eligibility.ts';
import type { PlanChoice, QuoteRefusal } from '#lib/domain/plan/quote.ts';
import { findOwnAccountState } from '#lib/server/account/account-state.ts';
import { type Application, changeDraft, type Owner } from '#lib/server/application/draft.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { situationOf } from '#lib/server/plan/list-options.ts';
import { quotedAccount, quoteFor } from '#lib/server/plan/quoted-account.ts';
import { listOfferedProducts } from '#lib/server/plan/read-products.ts';
import { recordQuote } from '#lib/server/plan/record-quote.ts';

/** Which plan: `productVersion` is the one that the page showed, or null for whichever is on offer. */
export interface PlanPick {
	readonly productCode: string;
	readonly productVersion: number | null;
	readonly choice: PlanChoice;
}

/** Why a plan cannot be quoted now. */
export type PickRefusal = QuoteRefusal | 'being_checked' | 'not_offered' | 'not_eligible';

/**
 * Works a plan out for a locked draft on today's figures and keeps it as a numbered quote, in the transaction of whoever
 * picks it. What the product does not offer is refused.
 */
export async function quoteDraft(
	trx: Trx,
	{ owner, draft, pick, today, at }: { owner: Owner; draft: Application; pick: PlanPick; today: Day; at: Date },
): Promise<{ ok: true; quoteId: string; number: number } | { ok: false; refusal: PickRefusal }> {
	const state = await findOwnAccountState(trx, owner);
	if (!state || state.beingChecked) return { ok: false, refusal: 'being_checked' };
	const product = (await listOfferedProducts(trx)).find(({ code }) => code === pick.productCode);
	const isShown = pick.productVersion === null || product?.version === pick.productVersion;
	if (!product || !isShown) return { ok: false, refusal: 'not_offered' };
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
	await changeDraft(trx, draft, at, { quoteId: recorded.id, wantsOffer: false });
	await appendAudit(trx, {
		actor: { kind: 'cardholder', id: owner.cardholderId },
		action: 'quote.chosen',
		subjectKind: 'quote',
		subjectId: recorded.id,
		cardholderId: owner.cardholderId,
		detail: { applicationId, product: product.code, version: product.version, number: recorded.number },
	});
	return { ok: true, quoteId: recorded.id, number: recorded.number };
}
