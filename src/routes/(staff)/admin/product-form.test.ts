import { expect, test } from 'vitest';
import { parseProduct } from '#lib/domain/plan/parse-product.ts';
import { productWith } from '#lib/domain/plan/product.fixture.ts';
import { productDifference } from '#lib/domain/plan/product-difference.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { problemLines } from './problem-text.ts';
import { fieldsOf, type ProductFields, readProductForm, termsOf } from './product-form.ts';

overwriteGetLocale(() => 'en');

/** The form's own fields through a browser and back. */
function sent(fields: ProductFields): ProductFields {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) {
		for (const one of Array.isArray(value) ? (value as string[]) : [value as string]) form.append(name, one);
	}
	const read = readProductForm(form);
	if (!read) throw new Error('the form was not read');
	return read;
}

const linesOf = (changes: Partial<ProductFields>) => {
	const fields = sent({ ...fieldsOf(productWith()), ...changes });
	const parsed = parseProduct({ ...termsOf(fields), code: fields.code, version: 2 });
	return parsed.ok ? [] : problemLines(parsed.problems, fields).map(({ text }) => text);
};

test('a product shown in the form and sent back unchanged is the same product', () => {
	const deferral = {
		kind: 'deferral',
		deferralMonths: [1, 3],
		deferralInterest: 'added',
		periodicRate: '0.049/12',
		eligibility: { daysPastDueTo: 90, reasons: ['disaster'], evidence: ['payslip'] },
		secondApproverFrom: null,
		accrual: 'first_instalment',
	};
	for (const product of [productWith(), productWith(deferral)]) {
		const fields = sent(fieldsOf(product));
		const parsed = parseProduct({ ...termsOf(fields), code: fields.code, version: product.version });
		expect(parsed.ok && productDifference(product, parsed.product)).toEqual([]);
	}
});

test('what people type is read: full width, thousands, a percent sign, lists with any comma', () => {
	const fields = sent({
		...fieldsOf(productWith()),
		instalments: '３，６、12; 24',
		periodicRate: '0.35 %',
		secondApproverFrom: '50,000',
		'eligibility.amountFrom': '￥500',
	});
	const parsed = parseProduct({ ...termsOf(fields), code: 'x', version: 1 });
	expect(parsed.ok && parsed.product).toMatchObject({
		instalments: [3, 6, 12, 24],
		periodicRate: { numerator: 35, denominator: 10_000 },
		secondApproverFrom: 5_000_000,
		eligibility: { amountFrom: 50_000 },
	});
});

test('every mistake has its sentence, one for each field, in the order of the form', () => {
	expect(
		linesOf({
			cureDays: '',
			instalments: '6, 61, a few',
			periodicRate: 'little',
			kind: 'gift',
			'names.en': '',
			'waivers.interestShare': '101',
			'eligibility.reasons': ['bad_luck'],
			secondApproverFrom: 'much',
		}),
	).toEqual([
		'Name in English: fill it in',
		'Kind: choose one of those listed',
		'Numbers of instalments: “61” is out of range: from 1 to 60',
		'Monthly rate: write a percentage, such as 0.35',
		'Interest waived: must be from 0 to 100',
		'Reasons: choose one of those listed',
		'Days to make good a missed instalment: fill it in',
		'Second approver from: write an amount, such as 500 or 500.00',
	]);
});

test('what contradicts itself is said in words too', () => {
	expect(linesOf({ deferralMonths: '3' })).toEqual([
		'Months of deferral: leave it empty for instalments without deferral',
	]);
	expect(linesOf({ kind: 'deferral', deferralMonths: '6', deferralInterest: 'added', instalments: '55' })).toEqual([
		'Numbers of instalments: the longest term with its deferral is over 60 months',
	]);
	expect(linesOf({ 'eligibility.daysPastDueFrom': '90', 'eligibility.daysPastDueTo': '30' })).toEqual([
		'Days past due to: must not lie below the lower bound',
	]);
});
