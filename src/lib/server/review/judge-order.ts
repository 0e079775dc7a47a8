import type { Day } from '#lib/domain/day.ts';
import { figuresOfQuote } from '#lib/domain/plan/plan-figures.ts';
import { needsSecondApprover, type Product } from '#lib/domain/plan/product.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import type { Quote } from '#lib/domain/plan/quote.ts';
import type { RuleFinding } from '#lib/domain/plan/product-rules.ts';
import type { Proposal } from '#lib/domain/review/approval.ts';
import { type MarkedCheck, marksOf, uncheckedOf, unknownOf } from '#lib/domain/review/checklist.ts';
import { type DecisionForm, decisionProblem } from '#lib/domain/review/decision.ts';
import { exceptionProblem, exceptionsTo } from '#lib/domain/review/exception.ts';
import { LONGEST_NOTE } from '#lib/domain/review/note.ts';
import type { AccountState } from '#lib/server/account/account-state.ts';
import { findApplicationForReview, findReason } from '#lib/server/application/read-application.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { type OfferPick, workOutOffer } from '#lib/server/offer/work-out-offer.ts';
import { findQuote } from '#lib/server/plan/read-quote.ts';
import { termsHash } from '#lib/server/plan/record-quote.ts';
import { readChecksFor } from '#lib/server/review/checklist-rules.ts';
import { composeLetter, type MarkedLetter } from '#lib/server/review/compose-letter.ts';
import type { OrderRefusal } from '#lib/server/review/decide-refusal.ts';
import { readDeclineTemplates } from '#lib/server/review/decline-rules.ts';
import { findRules, offerExceptions } from '#lib/server/review/product-findings.ts';
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
		readonly checked: readonly string[];
		/** The marks of the list that was ticked. */
		readonly checksSeen: string;
		/** The mark of the letter that was shown; absent where nobody was shown one. */
		readonly letterSeen?: string | undefined;
		readonly offer?: OrderedOffer | null;
	};
	/** The cardholder's language. */
	readonly locale: string;
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
	/** What of its product the plan does not meet: granted with the reason in the note. Nothing is, by a decline. */
	readonly exceptions: readonly RuleFinding[];
	/** What was to be checked, as it stands. */
	readonly checks: readonly MarkedCheck[];
	/** What goes with a decline, but for the agent's own words. */
	readonly letter: MarkedLetter | undefined;
}

/**
 * Judges a decision as filled in. Whatever it is, it is made on the list of checks as it stands; approving and offering need all of
 * it done that is needed, figures that can be trusted, a plan, and a reason in the note for what of its product it does not meet; declining needs its reason, and the letter that was shown.
 */
export async function judgeOrder(
	trx: Trx,
	{ order, account, quoteId, locale, today }: OrderToJudge,
): Promise<({ ok: true } & JudgedOrder) | { ok: false; refusal: OrderRefusal }> {
	const { applicationId, outcome } = order;
	const problem = decisionProblem(order, (await readDeclineTemplates(trx)).reasons);
	if (problem) return { ok: false, refusal: problem };
	if (plainText(order.note).length > LONGEST_NOTE) return { ok: false, refusal: 'note_long' };
	const reason = await findReason(trx, applicationId);
	const checks = await readChecksFor(trx, reason);
	if (marksOf(checks) !== order.checksSeen) return { ok: false, refusal: 'checks_changed' };
	if (unknownOf(checks, order.checked).length > 0) return { ok: false, refusal: 'unknown_check' };
	const judged = { ok: true, approvedQuoteId: undefined, offer: undefined, checks, letter: undefined } as const;
	if (outcome === 'declined') {
		const letter = await composeLetter(trx, { applicationId, reason: order.reason, locale, today });
		if (order.letterSeen !== undefined && order.letterSeen !== letter?.mark)
			return { ok: false, refusal: 'letter_changed' };
		return { ...judged, decides: undefined, needsSecond: false, exceptions: [], letter };
	}
	if (uncheckedOf(checks, order.checked).length > 0) return { ok: false, refusal: 'unchecked' };
	if (account.beingChecked) return { ok: false, refusal: 'account_being_checked' };
	const application = await findApplicationForReview(trx, applicationId);
	if (!application) return { ok: false, refusal: 'plan_missing' };
	if (outcome === 'approved') {
		const asked = await findQuote(trx, { quoteId: quoteId ?? null, applicationId });
		if (!asked) return { ok: false, refusal: 'plan_missing' };
		const exceptions = exceptionsTo((await findRules(trx, application, account)) ?? []);
		const unsaid = exceptionProblem(exceptions, order.note);
		if (unsaid) return { ok: false, refusal: unsaid };
		const decides = { proposes: outcome, quoteId: asked.id, plan: proposedPlan(asked.plan) };
		const needsSecond = await asksForSecond(trx, asked.plan);
		return { ...judged, approvedQuoteId: asked.id, decides, needsSecond, exceptions };
	}
	const { offer: pick } = order;
	if (!pick) return { ok: false, refusal: 'offer_missing' };
	const made = await workOutOffer(trx, { state: account, pick, reason, today });
	if (!made.ok)
		return { ok: false, refusal: made.refusal === 'being_checked' ? 'account_being_checked' : made.refusal };
	const { product, quote } = made;
	if (termsHash(quote).toString('hex') !== pick.termsHash) return { ok: false, refusal: 'offer_changed' };
	const exceptions = offerExceptions(product, application, account);
	const unsaid = exceptionProblem(exceptions, order.note);
	if (unsaid) return { ok: false, refusal: unsaid };
	return {
		...judged,
		offer: { product, quote, postingMark: account.postingMark },
		decides: { proposes: outcome, quoteId: null, plan: proposedPlan(figuresOfQuote(quote)) },
		needsSecond: needsSecondApprover(product, quote.terms.principal),
		exceptions,
	};
}
