import { parseProduct } from '#lib/domain/plan/parse-product.ts';
import type { Product } from '#lib/domain/plan/product.ts';

/** A product as JSON, for tests: twelve months at 0.3%, half of the interest and all late fees waived. */
export const PRODUCT_JSON = {
	code: 'relief',
	version: 1,
	kind: 'instalments',
	currency: 'CNY',
	method: 'equalInstalments',
	instalments: [6, 12, 24],
	periodicRate: '0.003',
	deferralMonths: [],
	deferralInterest: null,
	waivers: { lateFeeShare: '1', interestShare: '0.5', at: 'completion' },
	eligibility: { daysPastDueFrom: 1, daysPastDueTo: 180, amountFrom: '500.00', amountTo: '500000.00' },
	secondApproverFrom: '100000.00',
	names: { 'zh-CN': '纾困分期', en: 'Relief instalments' },
};

/** That product with some fields changed, parsed; throws where the change makes it no product. */
export function productWith(changes: Readonly<Record<string, unknown>> = {}): Product {
	const parsed = parseProduct({ ...PRODUCT_JSON, ...changes });
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
	return parsed.product;
}
