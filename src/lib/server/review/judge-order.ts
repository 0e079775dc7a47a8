import type { StaffRole } from '#lib/domain/access/permission.ts';
import type { Day } from '#lib/domain/day.ts';
import { needsSecondApprover, type Product } from '#lib/domain/plan/product.ts';
import type { Quote } from '#lib/domain/plan/quote.ts';
import { type Check, uncheckedOf } from '#lib/domain/review/checklist.ts';
import { type DecisionForm, decisionProblem } from '#lib/domain/review/decision.ts';
import type { AccountState } from '#lib/server/account/account-state.ts';
import { findReason } from '#lib/server/application/read-application.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { type OfferPick, workOutOffer } from '#lib/server/offer/work-out-offer.ts';
import { termsHash } from '#lib/server/plan/record-quote.ts';
import type { OrderRefusal } from '#lib/server/review/decide-refusal.ts';
import { needsSupervisor } from '#lib/server/review/needs-supervisor.ts';

/** The plan of a counter-offer with the SHA-256, in hex, of the terms that were shown for confirming. */
export interface OrderedOffer extends OfferPick {
	readonly termsHash: string;
}

/** What is to be judged: the outcome as filled in, by whom, on which account and quote. */
export interface OrderToJudge {
	readonly order: DecisionForm & {
		readonly applicationId: string;
		readonly checked: readonly Check[];
		readonly offer?: OrderedOffer | null;
	};
	readonly role: StaffRole;
	readonly account: AccountState;
	readonly quoteId: string | undefined;
	readonly today: Day;
}

/** A decision that can be made: on which quote it approves, or what it offers. */
export interface JudgedOrder {
	readonly approvedQuoteId: string | undefined;
	readonly offer: { readonly product: Product; readonly quote: Quote; readonly postingMark: number } | undefined;
}

/**
 * Judges a decision as filled in. Approving and offering need every check done, figures that can be trusted, a plan, and
 * from the product's amount on a supervisor; declining needs its reason.
 */
export async function judgeOrder(
	trx: Trx,
	{ order, role, account, quoteId, today }: OrderToJudge,
): Promise<({ ok: true } & JudgedOrder) | { ok: false; refusal: OrderRefusal }> {
	const problem = decisionProblem(order);
	if (problem) return { ok: false, refusal: problem };
	if (order.outcome === 'declined') return { ok: true, approvedQuoteId: undefined, offer: undefined };
	if (uncheckedOf(order.checked).length > 0) return { ok: false, refusal: 'unchecked' };
	if (account.beingChecked) return { ok: false, refusal: 'account_being_checked' };
	const { applicationId } = order;
	const isSupervisor = role === 'supervisor';
	if (order.outcome === 'approved') {
		if (quoteId === undefined) return { ok: false, refusal: 'plan_missing' };
		const isOver = !isSupervisor && (await needsSupervisor(trx, { quoteId, applicationId }));
		return isOver
			? { ok: false, refusal: 'supervisor_needed' }
			: { ok: true, approvedQuoteId: quoteId, offer: undefined };
	}
	const { offer: pick } = order;
	if (!pick) return { ok: false, refusal: 'offer_missing' };
	const reason = await findReason(trx, applicationId);
	const made = await workOutOffer(trx, { state: account, pick, reason, today });
	if (!made.ok)
		return { ok: false, refusal: made.refusal === 'being_checked' ? 'account_being_checked' : made.refusal };
	const { product, quote } = made;
	if (termsHash(quote).toString('hex') !== pick.termsHash) return { ok: false, refusal: 'offer_changed' };
	if (!isSupervisor && needsSecondApprover(product, quote.terms.principal)) {
		return { ok: false, refusal: 'supervisor_needed' };
	}
	return { ok: true, approvedQuoteId: undefined, offer: { product, quote, postingMark: account.postingMark } };
}
