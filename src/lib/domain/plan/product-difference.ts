import { canonicalText, type Json } from '#lib/domain/plan/canonical-text.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import { productTerms } from '#lib/domain/plan/product-terms.ts';

/** Every part of a product that can differ between two versions, in the order in which a page shows them. */
export const PRODUCT_PARTS = [
	'names',
	'kind',
	'currency',
	'method',
	'instalments',
	'periodicRate',
	'deferralMonths',
	'deferralInterest',
	'waivers.lateFeeShare',
	'waivers.interestShare',
	'waivers.at',
	'accrual',
	'eligibility.daysPastDueFrom',
	'eligibility.daysPastDueTo',
	'eligibility.amountFrom',
	'eligibility.amountTo',
	'eligibility.reasons',
	'eligibility.evidence',
	'validityDays',
	'cureDays',
	'secondApproverFrom',
] as const;
export type ProductPart = (typeof PRODUCT_PARTS)[number];

/** The parts in which two versions of a product differ; lists differ where their members do, whatever the order. */
export function productDifference(before: Product, after: Product): readonly ProductPart[] {
	const [old, fresh] = [productTerms(before), productTerms(after)];
	return PRODUCT_PARTS.filter((part) => textOf(old, part) !== textOf(fresh, part));
}

function textOf(terms: Json, part: ProductPart): string {
	let value: Json = terms;
	for (const key of part.split('.')) {
		value = isRecord(value) ? (value[key] ?? null) : null;
	}
	return canonicalText(Array.isArray(value) ? value.map((item) => canonicalText(item as Json)).sort() : value);
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
