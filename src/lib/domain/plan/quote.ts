import { addMonths } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { AnnualRates } from '#lib/domain/plan/annual-rate.ts';
import { FIRST_DUE_WITHIN_MONTHS } from '#lib/domain/plan/first-due-date.ts';
import { waive } from '#lib/domain/plan/waiver.ts';
import type { OwedFigures, Waived } from '#lib/domain/plan/waiver.ts';
import type { QuotedProduct } from '#lib/domain/plan/product.ts';
import type { PlanTerms, Schedule } from '#lib/domain/plan/schedule.ts';
import { workOut } from '#lib/domain/plan/work-out.ts';

/** What the cardholder picks of a product; `deferralMonths` is 0 where the product defers nothing. */
export interface PlanChoice {
	readonly instalments: number;
	readonly deferralMonths: number;
	/** The first due date before any deferral, where another than the ordinary one was chosen. */
	readonly firstDueDate?: Day;
}

/** From which facts a quote is made. `currency` is the account's; `asOf` is the day of the figures. */
export interface QuoteRequest {
	readonly product: QuotedProduct;
	readonly figures: OwedFigures;
	readonly currency: string;
	readonly asOf: Day;
	readonly choice: PlanChoice;
	/** The ordinary first due date, before any deferral. */
	readonly firstDueDate: Day;
}

/**
 * What a product would be for an account on a day. `terms.principal` is the total outstanding less the waivers;
 * `totalCost` is all that is paid above it; `highestInstalment` is what a month can come to at most.
 */
export interface Quote {
	readonly product: QuotedProduct;
	readonly currency: string;
	readonly asOf: Day;
	readonly figures: OwedFigures;
	readonly waived: Waived;
	readonly terms: PlanTerms;
	readonly schedule: Schedule;
	readonly annualRates: AnnualRates;
	readonly totalCost: Minor;
	readonly highestInstalment: Minor;
}

export type QuoteRefusal =
	| 'nothing_owed'
	| 'currency_not_offered'
	| 'instalments_not_offered'
	| 'deferral_not_offered'
	| 'first_due_date_past'
	| 'first_due_date_too_late'
	| 'amount_too_large';

/**
 * Works a quote out (domain.md, "Plans"): waivers, plan principal, schedule, annual rates. Whether the product is for
 * this account is another question (eligibility). Refuses what a form may hold but the product does not offer.
 */
export function makeQuote(
	request: QuoteRequest,
): { readonly ok: true; readonly quote: Quote } | { readonly ok: false; readonly refusal: QuoteRefusal } {
	const { product, figures, currency, asOf, choice, firstDueDate } = request;
	const refusal = refusedBefore(request);
	if (refusal) return { ok: false, refusal };
	const waived = waive(figures, product.waivers);
	const principal = figures.totalOutstanding - waived.lateFees - waived.interest;
	if (principal <= 0) return { ok: false, refusal: 'nothing_owed' };
	const terms: PlanTerms = {
		method: product.method,
		principal,
		instalments: choice.instalments,
		periodicRate: product.periodicRate,
		firstDueDate,
		deferralMonths: choice.deferralMonths,
		deferralInterest: choice.deferralMonths > 0 ? product.deferralInterest : null,
	};
	const worked = workOut(terms);
	if (!worked) return { ok: false, refusal: 'amount_too_large' };
	const quote: Quote = {
		product,
		currency,
		asOf,
		figures,
		waived,
		terms,
		schedule: worked.plan,
		annualRates: worked.rates,
		totalCost: worked.plan.totalInterest,
		highestInstalment: Math.max(...worked.plan.rows.map((row) => row.total)),
	};
	return { ok: true, quote };
}

function refusedBefore({ product, currency, asOf, choice, firstDueDate }: QuoteRequest): QuoteRefusal | undefined {
	if (currency !== product.currency) return 'currency_not_offered';
	if (!product.instalments.includes(choice.instalments)) return 'instalments_not_offered';
	const deferrals = product.deferralMonths.length > 0 ? product.deferralMonths : [0];
	if (!deferrals.includes(choice.deferralMonths)) return 'deferral_not_offered';
	if (firstDueDate <= asOf) return 'first_due_date_past';
	if (firstDueDate > addMonths(asOf, FIRST_DUE_WITHIN_MONTHS)) return 'first_due_date_too_late';
	return undefined;
}
