import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FEWEST_LIKE, likeBands, likeCases, type LikeCount } from '#lib/domain/review/like-cases.ts';

const facts = { reason: 'unemployment', currency: 'CNY', owedTotal: 1_248_217, daysPastDue: 41 } as const;

test('a case is banded by what is owed and for how long', () => {
	expect(likeBands(facts, 2)).toMatchObject({
		amount: { from: 1_000_000, below: 2_000_000 },
		days: { from: 31, below: 61 },
	});
	expect(likeBands({ ...facts, owedTotal: 99_999, daysPastDue: 0 }, 2)).toMatchObject({
		amount: { from: 0, below: 100_000 },
		days: { from: 0, below: 1 },
	});
	expect(likeBands({ ...facts, owedTotal: 2_000_000, daysPastDue: 900 }, 2)).toMatchObject({
		amount: { from: 2_000_000, below: 5_000_000 },
		days: { from: 181, below: null },
	});
	expect(likeBands({ ...facts, owedTotal: 15_000 }, 0).amount).toEqual({ from: 10_000, below: 20_000 });
});

test('every amount and every number of days falls into its band', () => {
	fc.assert(
		fc.property(fc.integer({ min: -1_000, max: 10 ** 11 }), fc.nat({ max: 4_000 }), (owedTotal, daysPastDue) => {
			const { amount, days } = likeBands({ ...facts, owedTotal, daysPastDue }, 2);
			expect(Math.max(owedTotal, 0)).toBeGreaterThanOrEqual(amount.from);
			if (amount.below !== null) expect(owedTotal).toBeLessThan(amount.below);
			expect(daysPastDue).toBeGreaterThanOrEqual(days.from);
			if (days.below !== null) expect(daysPastDue).toBeLessThan(days.below);
		}),
	);
});

const counted: LikeCount[] = [
	{ outcome: 'approved', declineReason: null, count: 14 },
	{ outcome: 'counter_offered', declineReason: null, count: 3 },
	{ outcome: 'declined', declineReason: 'able_to_pay', count: 1 },
	{ outcome: 'declined', declineReason: 'evidence_missing', count: 2 },
];

test('like cases are counts, with the reasons of what was declined', () => {
	expect(likeCases(likeBands(facts, 2), counted).counts).toEqual({
		approved: 14,
		offered: 3,
		declined: 3,
		reasons: [
			{ reason: 'evidence_missing', count: 2 },
			{ reason: 'able_to_pay', count: 1 },
		],
	});
});

test('of fewer than five like cases nothing is told', () => {
	const few = (count: number) => likeCases(likeBands(facts, 2), [{ outcome: 'approved', declineReason: null, count }]);
	expect(few(FEWEST_LIKE - 1).counts).toBeUndefined();
	expect(few(FEWEST_LIKE).counts).toMatchObject({ approved: 5, declined: 0 });
});
