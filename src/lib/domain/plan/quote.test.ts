import { expect, test } from 'vitest';
import { canonicalText } from '#lib/domain/plan/canonical-text.ts';
import { OWED } from '#lib/domain/plan/owed.fixture.ts';
import { productWith } from '#lib/domain/plan/product.fixture.ts';
import { makeQuote } from '#lib/domain/plan/quote.ts';
import type { QuoteRequest } from '#lib/domain/plan/quote.ts';
import { quoteTerms } from '#lib/domain/plan/quote-terms.ts';

const request = (changes: Partial<QuoteRequest> = {}): QuoteRequest => ({
	product: productWith(),
	figures: OWED,
	currency: 'CNY',
	asOf: '2026-05-20',
	choice: { instalments: 12, deferralMonths: 0 },
	firstDueDate: '2026-06-10',
	...changes,
});
const quoteOf = (changes: Partial<QuoteRequest> = {}) => {
	const made = makeQuote(request(changes));
	if (!made.ok) throw new Error(made.refusal);
	return made.quote;
};
const refusalOf = (changes: Partial<QuoteRequest>) => {
	const made = makeQuote(request(changes));
	return made.ok ? undefined : made.refusal;
};
const deferral = productWith({
	kind: 'deferral',
	instalments: [1, 12],
	deferralMonths: [3],
	deferralInterest: 'added',
});

test('the plan restructures the whole debt, less what is waived', () => {
	const quote = quoteOf();
	expect(quote.waived).toEqual({ lateFees: 24_566, interest: 55_001, at: 'completion' });
	expect(quote.terms.principal).toBe(1_234_567 - 24_566 - 55_001);
	expect(quote.schedule.rows).toHaveLength(12);
	expect(quote.totalCost).toBe(quote.schedule.totalPayable - quote.terms.principal);
	expect(quote.annualRates).toEqual({ simple: 360, effective: 366 });
	expect(quote.highestInstalment).toBe(98_139);
});

test('only what the product offers can be quoted, whatever a form says', () => {
	expect(refusalOf({ choice: { instalments: 13, deferralMonths: 0 } })).toBe('instalments_not_offered');
	expect(refusalOf({ choice: { instalments: 12, deferralMonths: 1 } })).toBe('deferral_not_offered');
	expect(refusalOf({ product: deferral })).toBe('deferral_not_offered');
	expect(refusalOf({ product: deferral, choice: { instalments: 12, deferralMonths: 3 } })).toBeUndefined();
	expect(refusalOf({ currency: 'HKD' })).toBe('currency_not_offered');
});

test('the first due date lies ahead, and near enough to be no hidden deferral', () => {
	expect(refusalOf({ firstDueDate: '2026-05-20' })).toBe('first_due_date_past');
	expect(refusalOf({ firstDueDate: '2026-05-21' })).toBeUndefined();
	expect(refusalOf({ firstDueDate: '2026-07-20' })).toBeUndefined();
	expect(refusalOf({ firstDueDate: '2026-07-21' })).toBe('first_due_date_too_late');
});

test('nothing owed, or nothing left of it, is no plan', () => {
	expect(refusalOf({ figures: { ...OWED, totalOutstanding: 0 } })).toBe('nothing_owed');
	const feesAlone = { ...OWED, principal: 0, billedInterest: 0, unbilledInterest: 0, totalOutstanding: 24_566 };
	expect(refusalOf({ figures: feesAlone })).toBe('nothing_owed');
});

test('an amount beyond exact counting is refused', () => {
	const figures = { ...OWED, totalOutstanding: Number.MAX_SAFE_INTEGER };
	expect(refusalOf({ figures })).toBe('amount_too_large');
});

test('the terms hold every amount as a decimal and every row of the schedule', () => {
	const terms = quoteTerms(quoteOf({ product: deferral, choice: { instalments: 1, deferralMonths: 3 } }));
	expect(terms).toMatchObject({
		product: { code: 'relief', version: 1 },
		asOf: '2026-05-20',
		owed: { totalOutstanding: '12345.67', daysPastDue: 45, delinquencyBucket: 'M2' },
		waived: { lateFees: '245.66', interest: '550.01', at: 'completion' },
		principal: '11550.00',
		periodicRate: '0.003',
		deferralMonths: 3,
		deferralInterest: 'added',
		totalInterest: '138.60',
		rows: [
			{
				number: 1,
				dueDate: '2026-09-10',
				principal: '11550.00',
				interest: '138.60',
				total: '11688.60',
				balanceAfter: '0.00',
			},
		],
	});
});

test('the same facts give the same text to hash, and one fen another', () => {
	const text = canonicalText(quoteTerms(quoteOf()));
	expect(canonicalText(quoteTerms(quoteOf()))).toBe(text);
	expect(canonicalText(JSON.parse(JSON.stringify(quoteTerms(quoteOf())))) === text).toBe(true);
	const figures = { ...OWED, principal: OWED.principal + 1, totalOutstanding: OWED.totalOutstanding + 1 };
	expect(canonicalText(quoteTerms(quoteOf({ figures })))).not.toBe(text);
});
