import type { Day } from '#lib/domain/day.ts';
import { figuresOfQuote } from '#lib/domain/plan/plan-figures.ts';
import { needsSecondApprover, type Product } from '#lib/domain/plan/product.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import type { Quote } from '#lib/domain/plan/quote.ts';
import type { Proposal } from '#lib/domain/review/approval.ts';
import { type Check, uncheckedOf } from '#lib/domain/review/checklist.ts';
import { type DecisionForm, decisionProblem } from '#lib/domain/review/decision.ts';
import { LONGEST_NOTE } from '#lib/domain/review/note.ts';
import type { AccountState } from '#lib/server/account/account-state.ts';
import { findReason } from '#lib/server/application/read-application.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { type OfferPick, workOutOffer } from '#lib/server/offer/work-out-offer.ts';
import { findQuote } from '#lib/server/plan/read-quote.ts';
import { termsHash } from '#lib/server/plan/record-quote.ts';
import type { OrderRefusal } from '#lib/server/review/decide-refusal.ts';
import { asksForSecond, proposedPlan } from '#lib/server/review/second-approver.ts';

/** The plan of a counter-offer with the SHA-256, in hex, of the terms that were shown for confirming. */
export interface OrderedOffer extends OfferPick {
	readonly termsHash: string;
}

/** What is to be judged: the outcome as filled in, on which account and quote. */
export interface OrderToJudge {
	readonly order: DecisionForm & {
		readonly applicationId: string;
		readonly note: string;
		readonly checked: readonly Check[];
		readonly offer?: OrderedOffer | null;
	};
	readonly account: AccountState;
	readonly quoteId: string | undefined;
	readonly today: Day;
}

/** A decision that can be made: on which quote it approves, or what it offers. */
export interface JudgedOrder {
	readonly approvedQuoteId: string | undefined;
	readonly offer: { readonly product: Product; readonly quote: Quote; readonly postingMark: number } | undefined;
	/** What a first and a second would have to agree on; undefined where nothing is approved or offered. */
	readonly decides: Omit<Proposal, 'firstStaffId'> | undefined;
	/** Whether the plan reaches its product's amount for a second approver. */
	readonly needsSecond: boolean;
}

/**
 * Judges a decision as filled in. Approving and offering need every check done, figures that can be trusted and a plan;
 * declining needs its reason.
 */
export async function judgeOrder(
	trx: Trx,
	{ order, account, quoteId, today }: OrderToJudge,
): Promise<({ ok: true } & JudgedOrder) | { ok: false; refusal: OrderRefusal }> {
	const problem = decisionProblem(order);
	if (problem) return { ok: false, refusal: problem };
	if (plainText(order.note).length > LONGEST_NOTE) return { ok: false, refusal: 'note_long' };
	if (order.outcome === 'declined') {
		return { ok: true, approvedQuoteId: undefined, offer: undefined, decides: undefined, needsSecond: false };
	}
	if (uncheckedOf(order.checked).length > 0) return { ok: false, refusal: 'unchecked' };
	if (account.beingChecked) return { ok: false, refusal: 'account_being_checked' };
	const { applicationId, outcome } = order;
	if (outcome === 'approved') {
		const asked = await findQuote(trx, { quoteId: quoteId ?? null, applicationId });
		if (!asked) return { ok: false, refusal: 'plan_missing' };
		const decides = { proposes: outcome, quoteId: asked.id, plan: proposedPlan(asked.plan) };
		const needsSecond = await asksForSecond(trx, asked.plan);
		return { ok: true, approvedQuoteId: asked.id, offer: undefined, decides, needsSecond };
	}
	const { offer: pick } = order;
	if (!pick) return { ok: false, refusal: 'offer_missing' };
	const reason = await findReason(trx, applicationId);
	const made = await workOutOffer(trx, { state: account, pick, reason, today });
	if (!made.ok)
		return { ok: false, refusal: made.refusal === 'being_checked' ? 'account_being_checked' : made.refusal };
	const { product, quote } = made;
	if (termsHash(quote).toString('hex') !== pick.termsHash) return { ok: false, refusal: 'offer_changed' };
	return {
		ok: true,
		approvedQuoteId: undefined,
		offer: { product, quote, postingMark: account.postingMark },
		decides: { proposes: outcome, quoteId: null, plan: proposedPlan(figuresOfQuote(quote)) },
		needsSecond: needsSecondApprover(product, quote.terms.principal),
	};
}
