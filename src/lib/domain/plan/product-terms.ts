import { currencyOf, formatAmount, type Minor } from '#lib/domain/money.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import { formatRate } from '#lib/domain/plan/rate-text.ts';

/**
 * A product as it is kept: plain JSON in which every amount and rate is a decimal string, and which `parseProduct` reads
 * back to the same product. The same product has the same terms, however it was first written.
 */
export type ProductTerms = ReturnType<typeof productTerms>;

/** The terms of a product as plain JSON; bounds that it does not have are null. */
export function productTerms(product: Product) {
	const { waivers, eligibility } = product;
	const currency = currencyOf(product.currency);
	const show = (amount: Minor | null) => (amount === null ? null : formatAmount(amount, currency));
	return {
		code: product.code,
		version: product.version,
		kind: product.kind,
		currency: product.currency,
		method: product.method,
		instalments: product.instalments,
		periodicRate: formatRate(product.periodicRate),
		deferralMonths: product.deferralMonths,
		deferralInterest: product.deferralInterest,
		waivers: {
			lateFeeShare: formatRate(waivers.lateFeeShare),
			interestShare: formatRate(waivers.interestShare),
			at: waivers.at,
		},
		accrual: product.accrual,
		eligibility: {
			daysPastDueFrom: eligibility.daysPastDueFrom,
			daysPastDueTo: eligibility.daysPastDueTo,
			amountFrom: show(eligibility.amountFrom),
			amountTo: show(eligibility.amountTo),
			reasons: eligibility.reasons,
			evidence: eligibility.evidence,
		},
		validityDays: product.validityDays,
		cureDays: product.cureDays,
		secondApproverFrom: show(product.secondApproverFrom),
		names: product.names,
	};
}
