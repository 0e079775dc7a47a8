import type { Day } from '#lib/domain/day.ts';
import { currencyOf, type Minor } from '#lib/domain/money.ts';
import { readTypedAmount } from '#lib/domain/application/typed-amount.ts';
import { type ProductExample, productExample } from '#lib/domain/plan/product-example.ts';
import type { Product } from '#lib/domain/plan/product.ts';

/** The same amount worked out on two versions; undefined where there is no such version. */
export interface ComparedExample {
	readonly currency: string;
	readonly amount: Minor;
	/** Whether the amount was one: otherwise the usual one was taken. */
	readonly isAmountRead: boolean;
	readonly before: ProductExample | undefined;
	readonly after: ProductExample | undefined;
}

const USUAL_UNITS = 10_000;

/** Works an example out on an amount and a number of instalments as typed; what cannot be read is as usual. */
export function compareExample(
	{ before, after }: { before: Product | null; after: Product | null },
	{ amount: typed, term, today }: { amount: string; term: string; today: Day },
): ComparedExample {
	const currency = currencyOf((after ?? before)?.currency ?? 'CNY');
	const read = readTypedAmount(typed, currency);
	const isAmountRead = read.ok && read.amount > 0;
	const amount = isAmountRead ? read.amount : USUAL_UNITS * 10 ** currency.digits;
	const wanted = /^\d{1,2}$/.test(term) ? { instalments: Number(term) } : {};
	const example = (product: Product | null) =>
		product?.currency === currency.code ? productExample(product, { amount, today, wanted }) : undefined;
	return { currency: currency.code, amount, isAmountRead, before: example(before), after: example(after) };
}
