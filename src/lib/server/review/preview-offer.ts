import { type Fit, fitOf } from '#lib/domain/plan/affordability.ts';
import type { RuleFinding } from '#lib/domain/plan/product-rules.ts';
import { needsSecondApprover } from '#lib/domain/plan/product.ts';
import { findAccountState } from '#lib/server/account/account-state.ts';
import { findApplicationForReview } from '#lib/server/application/read-application.ts';
import { today } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { type OfferPick, workOutOffer } from '#lib/server/offer/work-out-offer.ts';
import { figuresOfQuote, type PlanFigures } from '#lib/domain/plan/plan-figures.ts';
import { termsHash } from '#lib/server/plan/record-quote.ts';
import { offerExceptions } from '#lib/server/review/product-findings.ts';
import type { OrderRefusal } from '#lib/server/review/decide-refusal.ts';

/** A counter-offer as it is shown for confirming; its hash comes back with the decision. */
export interface OfferPreview {
	readonly plan: PlanFigures;
	readonly names: Readonly<Record<string, string>>;
	/** How its dearest month sits in the budget. */
	readonly fit: Fit;
	/** Whether it takes a second approver. */
	readonly needsSecond: boolean;
	/** What of its product it does not meet. */
	readonly exceptions: readonly RuleFinding[];
	readonly termsHash: string;
}

/** Works a counter-offer out for the agent to look at before anything is decided; nothing is written. */
export async function previewOffer(
	db: DbOrTrx,
	{ applicationId, accountId, pick }: { applicationId: string; accountId: string; pick: OfferPick },
): Promise<{ ok: true; offer: OfferPreview } | { ok: false; refusal: OrderRefusal | 'not_found' }> {
	const application = await findApplicationForReview(db, applicationId);
	const state = await findAccountState(db, accountId);
	if (!application || !state) return { ok: false, refusal: 'not_found' };
	const made = await workOutOffer(db, { state, pick, reason: application.reason, today: today() });
	if (!made.ok)
		return { ok: false, refusal: made.refusal === 'being_checked' ? 'account_being_checked' : made.refusal };
	const { product, quote } = made;
	return {
		ok: true,
		offer: {
			plan: figuresOfQuote(quote),
			names: product.names,
			fit: fitOf(quote.highestInstalment, application.budget.surplus),
			needsSecond: needsSecondApprover(product, quote.terms.principal),
			exceptions: state.beingChecked ? [] : offerExceptions(product, application, state),
			termsHash: termsHash(quote).toString('hex'),
		},
	};
}
