import type { Day } from '#lib/domain/day.ts';
import type { QuotedProduct } from '#lib/domain/plan/product.ts';
import { makeQuote, type PlanChoice } from '#lib/domain/plan/quote.ts';
import type { OwedFigures } from '#lib/domain/plan/waiver.ts';

/** An account on a day, as every product is worked out for it. */
export interface QuotedAccount {
	readonly figures: OwedFigures;
	readonly currency: string;
	readonly asOf: Day;
	/** The first due date where nobody chose another. */
	readonly firstDueDate: Day;
}

/** The quote of a product for an account; the first due date is the one that was chosen, else the account's. */
export function quoteFor(
	product: QuotedProduct,
	{ figures, currency, asOf, firstDueDate }: QuotedAccount,
	choice: PlanChoice,
): ReturnType<typeof makeQuote> {
	return makeQuote({ product, figures, currency, asOf, choice, firstDueDate: choice.firstDueDate ?? firstDueDate });
}
