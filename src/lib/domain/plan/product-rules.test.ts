import { expect, test } from 'vitest';
import { productWith } from '#lib/domain/plan/product.fixture.ts';
import { productRules, type RuledCase } from '#lib/domain/plan/product-rules.ts';

const product = productWith({
	kind: 'deferral',
	deferralMonths: [3, 6],
	deferralInterest: 'waived',
	eligibility: {
		daysPastDueFrom: 31,
		daysPastDueTo: 180,
		amountFrom: '500.00',
		amountTo: '5000.00',
		reasons: ['disaster'],
		evidence: ['disaster_certificate'],
	},
});
const fitting: RuledCase = {
	today: '2026-11-28',
	daysPastDue: 41,
	amount: 500_000,
	reason: 'disaster',
	evidence: ['disaster_certificate', 'payslip', 'payslip'],
	instalments: 12,
	deferralMonths: 3,
	firstDueDate: '2026-12-17',
	quoteUntil: new Date('2026-12-04T08:00:00Z'),
	submittedAt: new Date('2026-11-27T09:00:00Z'),
	offeredVersion: product.version,
};
const unmet = (changes: Partial<RuledCase>) =>
	productRules(product, { ...fitting, ...changes })
		.filter(({ met }) => !met)
		.map(({ rule }) => rule);

test('a case that fits meets every rule, and each says what is asked and what is there', () => {
	const found = productRules(product, fitting);
	expect(found.every(({ met }) => met)).toBe(true);
	expect(found).toEqual(
		expect.arrayContaining([
			{ rule: 'days_past_due', from: 31, to: 180, has: 41, met: true },
			{ rule: 'amount', from: 50_000, to: 500_000, has: 500_000, met: true },
			{ rule: 'evidence', oneOf: ['disaster_certificate'], has: ['disaster_certificate', 'payslip'], met: true },
		]),
	);
});

test('each rule that is broken is named alone', () => {
	expect(unmet({ daysPastDue: 30 })).toEqual(['days_past_due']);
	expect(unmet({ daysPastDue: 181 })).toEqual(['days_past_due']);
	expect(unmet({ amount: 500_001 })).toEqual(['amount']);
	expect(unmet({ reason: null })).toEqual(['reason']);
	expect(unmet({ evidence: ['payslip'] })).toEqual(['evidence']);
	expect(unmet({ instalments: 7 })).toEqual(['instalments']);
	expect(unmet({ deferralMonths: 0 })).toEqual(['deferral']);
	expect(unmet({ firstDueDate: '2026-11-28' })).toEqual(['first_due']);
	expect(unmet({ submittedAt: fitting.quoteUntil })).toEqual(['validity']);
	expect(unmet({ offeredVersion: 2 })).toEqual(['on_offer']);
	expect(unmet({ offeredVersion: null })).toEqual(['on_offer']);
});

test('a product without bounds and without a deferral takes anybody, and no month deferred', () => {
	const open = productWith({ eligibility: {} });
	const found = productRules(open, { ...fitting, deferralMonths: 0, reason: null, evidence: [], daysPastDue: 0 });
	expect(found.filter(({ met }) => !met)).toEqual([]);
	expect(productRules(open, fitting).find(({ rule }) => rule === 'deferral')).toMatchObject({ oneOf: [0], met: false });
});
