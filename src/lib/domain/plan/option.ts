import type { Minor } from '#lib/domain/money.ts';
import { COMFORTABLE_SHARE, type Fit, fitOf, termThatFits } from '#lib/domain/plan/affordability.ts';
import type { QuotedProduct } from '#lib/domain/plan/product.ts';
import type { PlanChoice, Quote, QuoteRefusal } from '#lib/domain/plan/quote.ts';
import { type QuotedAccount, quoteFor } from '#lib/domain/plan/quoted-account.ts';
import { shareOf } from '#lib/domain/rate.ts';

/** One product for one account with the numbers picked for it, as the plans page shows it. */
export interface PlanOption {
	readonly choice: PlanChoice;
	readonly quote: Quote;
	/** How its dearest month sits in the budget. */
	readonly fit: Fit;
	/** Where no number of instalments stays within what was named: the least that one asks a month. */
	readonly leastMonthly: Minor | null;
}

/** What was picked and named. `mostMonthly` is "I can pay … a month", `surplus` what the budget leaves; null where unknown. */
export interface OptionRequest {
	readonly pick?: Partial<PlanChoice> | undefined;
	readonly mostMonthly: Minor | null;
	readonly surplus: Minor | null;
}

/** How long a deferral is shown first, where the product offers it. */
const USUAL_DEFERRAL = 3;

/**
 * A product with the numbers that were picked; where none were, with the shortest term within what one can pay, and where
 * none is, the longest. Where nobody named a sum, the term shown first is one that leaves room in the budget. A pick that
 * is not offered counts as none. Server and browser work a card out with this same function.
 */
export function workOutOption(
	product: QuotedProduct,
	account: QuotedAccount,
	{ pick, mostMonthly, surplus }: OptionRequest,
): { ok: true; option: PlanOption } | { ok: false; refusal: QuoteRefusal } {
	const deferralMonths = pickOf(pick?.deferralMonths, product.deferralMonths, usualDeferral(product));
	const longest = Math.max(...product.instalments);
	const first = quoteFor(product, account, { instalments: longest, deferralMonths });
	if (!first.ok) return first;
	const within = mostMonthly ?? comfortable(surplus);
	const fitting = within === null ? undefined : termThatFits(first.quote.terms, product.instalments, within);
	const instalments = pickOf(pick?.instalments, product.instalments, fitting?.ok ? fitting.instalments : longest);
	const choice = { instalments, deferralMonths };
	const chosen = instalments === longest ? first : quoteFor(product, account, choice);
	if (!chosen.ok) return chosen;
	const { quote } = chosen;
	const isAbove = mostMonthly !== null && quote.highestInstalment > mostMonthly;
	return {
		ok: true,
		option: {
			choice,
			quote,
			fit: fitOf(quote.highestInstalment, surplus),
			leastMonthly: isAbove && fitting?.ok === false ? fitting.leastMonthly : null,
		},
	};
}

function comfortable(surplus: Minor | null): Minor | null {
	return surplus === null ? null : shareOf(Math.max(0, surplus), COMFORTABLE_SHARE);
}

function pickOf(picked: number | undefined, offered: readonly number[], otherwise: number): number {
	return picked !== undefined && offered.includes(picked) ? picked : otherwise;
}

function usualDeferral({ deferralMonths }: QuotedProduct): number {
	return deferralMonths.includes(USUAL_DEFERRAL) ? USUAL_DEFERRAL : (deferralMonths[0] ?? 0);
}
