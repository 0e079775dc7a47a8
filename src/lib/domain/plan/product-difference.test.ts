import { expect, test } from 'vitest';
import { parseProduct } from '#lib/domain/plan/parse-product.ts';
import { productWith } from '#lib/domain/plan/product.fixture.ts';
import { productDifference } from '#lib/domain/plan/product-difference.ts';
import { productTerms } from '#lib/domain/plan/product-terms.ts';

const deferral = productWith({
	kind: 'deferral',
	deferralMonths: [1, 3],
	deferralInterest: 'capitalised',
	periodicRate: '0.049/12',
	eligibility: { reasons: ['illness_or_injury', 'other'], evidence: ['medical_record'] },
	secondApproverFrom: null,
});

test('the terms of a product are read back to the same product', () => {
	for (const product of [productWith(), deferral]) {
		const again = parseProduct(productTerms(product));
		expect(again.ok && productTerms(again.product)).toEqual(productTerms(product));
		expect(again.ok && productDifference(product, again.product)).toEqual([]);
	}
});

test('the same rate or list written otherwise is no difference', () => {
	expect(productDifference(productWith({ periodicRate: '0.0030' }), productWith({ periodicRate: '0.003' }))).toEqual(
		[],
	);
	expect(productDifference(productWith({ instalments: [12, 6] }), productWith({ instalments: [6, 12] }))).toEqual([]);
});

test('every part that differs is named, in the order of the page', () => {
	const changed = productWith({
		instalments: [6, 12],
		periodicRate: '0.004',
		waivers: { lateFeeShare: '1', interestShare: '0', at: 'completion' },
		eligibility: { daysPastDueFrom: 31 },
		names: { 'zh-CN': '纾困分期', en: 'Relief' },
	});
	expect(productDifference(productWith(), changed)).toEqual([
		'names',
		'instalments',
		'periodicRate',
		'waivers.interestShare',
		'eligibility.daysPastDueFrom',
		'eligibility.daysPastDueTo',
		'eligibility.amountFrom',
		'eligibility.amountTo',
	]);
});
