import { expect, test } from 'vitest';
import { parseProduct } from '#lib/domain/plan/parse-product.ts';
import { PRODUCT_JSON, productWith } from '#lib/domain/plan/product.fixture.ts';
import { needsSecondApprover, productName } from '#lib/domain/plan/product.ts';

const problemsWith = (changes: Record<string, unknown>) => {
	const parsed = parseProduct({ ...PRODUCT_JSON, ...changes });
	return parsed.ok ? [] : parsed.problems.map(({ field, problem }) => `${field} ${problem}`);
};

test('a product is read with exact rates and amounts in minor units', () => {
	expect(productWith()).toMatchObject({
		periodicRate: { numerator: 3, denominator: 1000 },
		waivers: { lateFeeShare: { numerator: 1, denominator: 1 }, at: 'completion' },
		eligibility: { amountFrom: 50_000, amountTo: 50_000_000, reasons: null, evidence: null },
		secondApproverFrom: 10_000_000,
		accrual: 'waived',
		validityDays: 7,
	});
});

test('a deferral needs its months and its interest, instalments have neither', () => {
	const deferral = {
		kind: 'deferral',
		instalments: [1, 12],
		deferralMonths: [1, 3, 6],
		deferralInterest: 'capitalised',
	};
	expect(problemsWith(deferral)).toEqual([]);
	expect(problemsWith({ ...deferral, deferralMonths: [] })).toEqual(['deferralMonths missing']);
	expect(problemsWith({ ...deferral, deferralInterest: null })).toEqual(['deferralInterest missing']);
	expect(problemsWith({ deferralMonths: [1], deferralInterest: 'added' })).toEqual([
		'deferralMonths contradiction',
		'deferralInterest contradiction',
	]);
});

test('no term is longer than sixty months, empty months included', () => {
	expect(problemsWith({ instalments: [60] })).toEqual([]);
	expect(problemsWith({ instalments: [61] })).toEqual(['instalments[0] out_of_range']);
	const deferral = { kind: 'deferral', deferralMonths: [6], deferralInterest: 'waived' };
	expect(problemsWith({ ...deferral, instalments: [54] })).toEqual([]);
	expect(problemsWith({ ...deferral, instalments: [55] })).toEqual(['instalments out_of_range']);
});

test('a misspelt bound is refused, for it would be no bound at all', () => {
	expect(problemsWith({ eligibility: { daysPastDueform: 30 } })).toEqual(['eligibility.daysPastDueform unknown_field']);
	expect(problemsWith({ validity: 7 })).toEqual(['validity unknown_field']);
});

test('every problem is named with its path, and all together', () => {
	expect(
		problemsWith({
			code: 'Relief!',
			currency: 'yuan',
			instalments: [6, 6, '12'],
			periodicRate: 0.003,
			waivers: { lateFeeShare: '1.5', interestShare: '0.5', at: 'never' },
			eligibility: { amountFrom: '500', reasons: ['bad luck'] },
			names: { en: ' ' },
		}),
	).toEqual([
		'currency not_one_of',
		'code not_one_of',
		'instalments[2] not_a_whole_number',
		'instalments repeated',
		'periodicRate not_a_rate',
		'waivers.lateFeeShare out_of_range',
		'waivers.at not_one_of',
		'eligibility.amountFrom not_an_amount',
		'eligibility.reasons[0] not_one_of',
		'names.en not_text',
	]);
});

test('bounds that let nobody in are refused', () => {
	expect(problemsWith({ eligibility: { daysPastDueFrom: 90, daysPastDueTo: 30 } })).toEqual([
		'eligibility.daysPastDueTo contradiction',
	]);
	expect(problemsWith({ eligibility: { amountFrom: '2.00', amountTo: '1.00' } })).toEqual([
		'eligibility.amountTo contradiction',
	]);
	expect(problemsWith({ eligibility: { reasons: [], evidence: [] } })).toEqual([
		'eligibility.reasons missing',
		'eligibility.evidence missing',
	]);
	expect(problemsWith({ instalments: [] })).toEqual(['instalments missing']);
	expect(problemsWith({ names: {} })).toEqual(['names missing']);
	expect(problemsWith({ periodicRate: '1' })).toEqual(['periodicRate out_of_range']);
});

test('what is no record at all is refused without a fall', () => {
	for (const input of [null, [], 'relief', 7, undefined]) expect(parseProduct(input).ok).toBe(false);
	expect(problemsWith({ waivers: null })).toContain('waivers not_a_record');
	expect(problemsWith({ names: undefined })).toEqual(['names missing']);
});

test('a second approver is needed from the amount on, and never where none is named', () => {
	expect([9_999_999, 10_000_000].map((amount) => needsSecondApprover(productWith(), amount))).toEqual([false, true]);
	expect(needsSecondApprover(productWith({ secondApproverFrom: null }), 10 ** 12)).toBe(false);
});

test('a name is shown in the language of the reader, else in one there is', () => {
	expect(productName(productWith(), 'en')).toBe('Relief instalments');
	expect(productName(productWith(), 'fr')).toBe('纾困分期');
});
