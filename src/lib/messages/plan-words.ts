import type { Fit } from '#lib/domain/plan/affordability.ts';
import type { Ineligibility } from '#lib/domain/plan/eligibility.ts';
import type { QuoteRefusal } from '#lib/domain/plan/quote.ts';
import type { DeferralInterest, Method } from '#lib/domain/plan/schedule.ts';
import * as m from '#lib/paraglide/messages.js';

const FITS: Readonly<Record<Exclude<Fit, 'unknown'>, { name: () => string; text: () => string }>> = {
	fits: { name: m.fit_fits, text: m.fit_fits_text },
	tight: { name: m.fit_tight, text: m.fit_tight_text },
	too_much: { name: m.fit_too_much, text: m.fit_too_much_text },
};

const CLOSED: Readonly<Record<Ineligibility | QuoteRefusal, () => string>> = {
	too_early: m.closed_too_early,
	too_late: m.closed_too_late,
	amount_too_small: m.closed_amount_too_small,
	amount_too_large: m.closed_amount_too_large,
	reason_not_given: m.closed_reason_not_given,
	reason_not_covered: m.closed_reason_not_covered,
	evidence_missing: m.closed_evidence_missing,
	currency_not_offered: m.closed_currency,
	nothing_owed: m.plans_nothing_owed,
	instalments_not_offered: m.closed_other,
	deferral_not_offered: m.closed_other,
	first_due_date_past: m.closed_other,
	first_due_date_too_late: m.closed_other,
};

const DEFERRALS: Readonly<Record<DeferralInterest, () => string>> = {
	waived: m.plans_deferral_waived,
	added: m.plans_deferral_added,
	capitalised: m.plans_deferral_capitalised,
};

/** How a plan sits in the budget, in a word or two and in a sentence; undefined where there is no budget. */
export function fitWords(fit: Fit, instalments: number): { name: string; text: string } | undefined {
	if (fit === 'unknown') return undefined;
	if (fit === 'too_much' && instalments === 1) return { name: m.fit_too_much(), text: m.fit_too_much_once_text() };
	return { name: FITS[fit].name(), text: FITS[fit].text() };
}

/** Why a product is not for this account now. */
export function closedWords(why: Ineligibility | QuoteRefusal): string {
	return CLOSED[why]();
}

/** How a plan is repaid, in a sentence or two. */
export function planSentences(plan: {
	readonly method: Method;
	readonly instalments: number;
	readonly totalInterest: number;
	readonly deferralMonths: number;
	readonly deferralInterest: DeferralInterest | null;
}): string[] {
	const { method, instalments, deferralMonths: months, deferralInterest } = plan;
	if (months === 0) return [methodSentence(method, plan.totalInterest)];
	const waiting =
		instalments === 1 ? m.plans_defer_text_one({ months }) : m.plans_defer_text_many({ months, count: instalments });
	return deferralInterest === null ? [waiting] : [waiting, DEFERRALS[deferralInterest]()];
}

function methodSentence(method: Method, totalInterest: number): string {
	if (method === 'equalInstalments') return m.plans_text_equalInstalments();
	if (method === 'flatFee') return m.plans_text_flatFee();
	return totalInterest === 0 ? m.plans_text_equalPrincipal_free() : m.plans_text_equalPrincipal();
}
