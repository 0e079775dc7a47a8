import type { Minor } from '#lib/domain/money.ts';
import { type Fit, fitOf, termThatFits } from '#lib/domain/plan/affordability.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import type { PlanChoice, Quote, QuoteRefusal } from '#lib/domain/plan/quote.ts';
import { type QuotedAccount, quoteFor } from '#lib/server/plan/quoted-account.ts';

/** One product for one account with the numbers picked for it, as the plans page shows it. */
export interface PlanOption {
	readonly product: Product;
	readonly choice: PlanChoice;
	readonly quote: Quote;
	/** How its dearest month sits in the budget. */
	readonly fit: Fit;
}

/** How long a deferral is shown first, where the product offers it. */
const USUAL_DEFERRAL = 3;

/**
 * A product with the numbers that were picked; where none were, with the shortest term within `mostMonthly`, and where
 * none is, the longest. A pick that is not offered counts as none. `surplus` is what the budget leaves a month.
 */
export function workOutOption(
	product: Product,
	account: QuotedAccount,
	{ pick, mostMonthly, surplus }: { pick?: Partial<PlanChoice>; mostMonthly: Minor | null; surplus: Minor | null },
): { ok: true; option: PlanOption } | { ok: false; refusal: QuoteRefusal } {
	const deferralMonths = pickOf(pick?.deferralMonths, product.deferralMonths, usualDeferral(product));
	const longest = Math.max(...product.instalments);
	const first = quoteFor(product, account, { instalments: longest, deferralMonths });
	if (!first.ok) return first;
	const fitting = mostMonthly === null ? undefined : termThatFits(first.quote.terms, product.instalments, mostMonthly);
	const instalments = pickOf(pick?.instalments, product.instalments, fitting?.ok ? fitting.instalments : longest);
	const choice = { instalments, deferralMonths };
	const chosen = instalments === longest ? first : quoteFor(product, account, choice);
	if (!chosen.ok) return chosen;
	return {
		ok: true,
		option: { product, choice, quote: chosen.quote, fit: fitOf(chosen.quote.highestInstalment, surplus) },
	};
}

function pickOf(picked: number | undefined, offered: readonly number[], otherwise: number): number {
	return picked !== undefined && offered.includes(picked) ? picked : otherwise;
}

function usualDeferral({ deferralMonths }: Product): number {
	return deferralMonths.includes(USUAL_DEFERRAL) ? USUAL_DEFERRAL : (deferralMonths[0] ?? 0);
}
