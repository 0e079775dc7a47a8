import { expect, test } from 'vitest';
import { INELIGIBILITIES, ineligibilities } from '#lib/domain/plan/eligibility.ts';
import type { Situation } from '#lib/domain/plan/eligibility.ts';
import { productWith } from '#lib/domain/plan/product.fixture.ts';

const rules = productWith({
	eligibility: {
		daysPastDueFrom: 31,
		daysPastDueTo: 180,
		amountFrom: '500.00',
		amountTo: '5000.00',
		reasons: ['unemployment', 'disaster'],
		evidence: ['unemployment_registration', 'disaster_certificate'],
	},
}).eligibility;
const fitting: Situation = {
	daysPastDue: 31,
	amount: 50_000,
	reason: 'disaster',
	evidence: ['disaster_certificate', 'payslip'],
};
const found = (changes: Partial<Situation>) => ineligibilities(rules, { ...fitting, ...changes });

test('whoever meets every bound is eligible, at the bounds too', () => {
	expect(found({})).toEqual([]);
	expect(found({ daysPastDue: 180, amount: 500_000 })).toEqual([]);
});

test('each bound is refused by its own name', () => {
	expect(found({ daysPastDue: 30 })).toEqual(['too_early']);
	expect(found({ daysPastDue: 181 })).toEqual(['too_late']);
	expect(found({ amount: 49_999 })).toEqual(['amount_too_small']);
	expect(found({ amount: 500_001 })).toEqual(['amount_too_large']);
	expect(found({ reason: null })).toEqual(['reason_not_given']);
	expect(found({ reason: 'other' })).toEqual(['reason_not_covered']);
	expect(found({ evidence: ['payslip'] })).toEqual(['evidence_missing']);
});

test('all that stands in the way is named at once', () => {
	expect(found({ daysPastDue: 0, amount: 1, reason: null, evidence: [] })).toEqual([
		'too_early',
		'amount_too_small',
		'reason_not_given',
		'evidence_missing',
	]);
	expect(INELIGIBILITIES).toHaveLength(7);
});

test('a product without bounds is for everybody', () => {
	const open = productWith({ eligibility: {} }).eligibility;
	expect(ineligibilities(open, { daysPastDue: 0, amount: 1, reason: null, evidence: [] })).toEqual([]);
});
