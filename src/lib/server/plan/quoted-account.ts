import { ledger } from '#lib/domain/account/ledger.ts';
import type { Day } from '#lib/domain/day.ts';
import { ordinaryFirstDueDate } from '#lib/domain/plan/first-due-date.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import { makeQuote, type PlanChoice } from '#lib/domain/plan/quote.ts';
import type { OwedFigures } from '#lib/domain/plan/waiver.ts';
import type { SoundAccount } from '#lib/server/account/account-state.ts';

/** An account on a day, as every product is worked out for it. */
export interface QuotedAccount {
	readonly figures: OwedFigures;
	readonly currency: string;
	readonly asOf: Day;
	readonly firstDueDate: Day;
}

/** The figures of an account for the quotes of a day; late payment fees are known apart, for only they are waived. */
export function quotedAccount({ history, timeline, currency }: SoundAccount, asOf: Day): QuotedAccount {
	const { figures, billedFees } = ledger(history, timeline, asOf);
	const billedLateFees = billedFees.filter(({ kind }) => kind === 'late_fee').reduce((sum, { left }) => sum + left, 0);
	const latest = history.statements
		.filter(({ statementDate }) => statementDate <= asOf)
		.reduce<Day | undefined>((found, { dueDate }) => (found && found > dueDate ? found : dueDate), undefined);
	return {
		figures: { ...figures, billedLateFees },
		currency: currency.code,
		asOf,
		firstDueDate: ordinaryFirstDueDate(asOf, latest),
	};
}

/** The quote of a product for an account; the first due date can be that of an earlier quote. */
export function quoteFor(
	product: Product,
	{ figures, currency, asOf, firstDueDate }: QuotedAccount,
	choice: PlanChoice,
): ReturnType<typeof makeQuote> {
	return makeQuote({ product, figures, currency, asOf, choice, firstDueDate });
}
