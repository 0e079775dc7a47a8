import type { Owed } from '#lib/domain/account/owed.ts';
import type { Day } from '#lib/domain/day.ts';
import { currencyOf, type Minor } from '#lib/domain/money.ts';
import { type Fit, fitOf, termThatFits } from '#lib/domain/plan/affordability.ts';
import { ordinaryFirstDueDate } from '#lib/domain/plan/first-due-date.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import { makeQuote, type PlanChoice, type Quote, type QuoteRefusal } from '#lib/domain/plan/quote.ts';
import { readOwed, type SoundAccount } from '#lib/server/account/account-state.ts';

/** An account on a day, as every product is worked out for it. */
export interface QuotedAccount {
	readonly owed: Owed;
	readonly currency: string;
	readonly asOf: Day;
	readonly firstDueDate: Day;
}

/** The figures of an account for quotes of a day. */
export function quotedAccount(state: SoundAccount, asOf: Day): QuotedAccount {
	const statements = state.history.statements.filter(({ statementDate }) => statementDate <= asOf);
	const latest = statements.reduce<Day | undefined>(
		(found, { dueDate }) => (found === undefined || dueDate > found ? dueDate : found),
		undefined,
	);
	return {
		owed: readOwed(state, asOf),
		currency: currencyOf(state.currency.code).code,
		asOf,
		firstDueDate: ordinaryFirstDueDate(asOf, latest),
	};
}

/** One product for one account with the numbers picked for it, as the plans page shows it. */
export interface PlanOption {
	readonly product: Product;
	readonly choice: PlanChoice;
	readonly quote: Quote;
	/** How its dearest month sits in the budget. */
	readonly fit: Fit;
}

/** The quote of a product for an account. */
export function quoteFor(product: Product, account: QuotedAccount, choice: PlanChoice): ReturnType<typeof makeQuote> {
	const { owed, currency, asOf, firstDueDate } = account;
	return makeQuote({ product, figures: owed, currency, asOf, choice, firstDueDate });
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
