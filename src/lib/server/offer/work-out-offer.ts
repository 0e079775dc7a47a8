import type { Reason } from '#lib/domain/application/reason.ts';
import type { Day } from '#lib/domain/day.ts';
import { ineligibilities } from '#lib/domain/plan/eligibility.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import type { PlanChoice, Quote, QuoteRefusal } from '#lib/domain/plan/quote.ts';
import type { AccountState } from '#lib/server/account/account-state.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { situationOf } from '#lib/server/plan/list-options.ts';
import { quotedAccount, quoteFor } from '#lib/server/plan/quoted-account.ts';
import { listOfferedProducts } from '#lib/server/plan/read-products.ts';

/** What an agent picks; without a first due date it is the account's ordinary one. */
export interface OfferPick {
	readonly productCode: string;
	readonly productVersion: number;
	readonly choice: PlanChoice;
	readonly firstDueDate: Day | null;
}

/** Why a plan cannot be offered to this account now. */
export type OfferRefusal = QuoteRefusal | 'being_checked' | 'not_offered' | 'not_eligible';

/** Works a plan out for an account as the cardholder's own page would; what no product holds cannot be offered either. */
export async function workOutOffer(
	db: DbOrTrx,
	{ state, pick, reason, today }: { state: AccountState; pick: OfferPick; reason: Reason | null; today: Day },
): Promise<{ ok: true; product: Product; quote: Quote } | { ok: false; refusal: OfferRefusal }> {
	if (state.beingChecked) return { ok: false, refusal: 'being_checked' };
	const product = (await listOfferedProducts(db)).find(({ code }) => code === pick.productCode);
	if (product?.version !== pick.productVersion) return { ok: false, refusal: 'not_offered' };
	const account = quotedAccount(state, today);
	const against = ineligibilities(product.eligibility, situationOf(account, { reason, evidence: [] }));
	// The agent has the evidence before them, and judges it.
	if (against.some((why) => why !== 'evidence_missing')) return { ok: false, refusal: 'not_eligible' };
	const made = quoteFor(product, { ...account, firstDueDate: pick.firstDueDate ?? account.firstDueDate }, pick.choice);
	return made.ok ? { ok: true, product, quote: made.quote } : made;
}
