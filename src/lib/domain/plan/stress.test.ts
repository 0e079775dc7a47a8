import { expect, test } from 'vitest';
import { OWED } from '#lib/domain/plan/owed.fixture.ts';
import { figuresOfQuote } from '#lib/domain/plan/plan-figures.ts';
import { productWith } from '#lib/domain/plan/product.fixture.ts';
import { makeQuote } from '#lib/domain/plan/quote.ts';
import { fitAfterFall, ifMissed } from '#lib/domain/plan/stress.ts';

function planWith(changes: Readonly<Record<string, unknown>> = {}, instalments = 12) {
	const product = productWith(changes);
	const choice = { instalments, deferralMonths: 0 };
	const made = makeQuote({
		...{ product, figures: OWED, currency: 'CNY', asOf: '2026-05-20', choice, firstDueDate: '2026-06-10' },
	});
	if (!made.ok) throw new Error(made.refusal);
	return figuresOfQuote(made.quote);
}

test('an income that falls by a fifth is judged as any other budget', () => {
	const budget = { income: 500_000, outgoings: 300_000, surplus: 200_000 };
	expect(fitAfterFall(80_000, budget)).toEqual({ surplus: 100_000, fit: 'fits' });
	expect(fitAfterFall(80_001, budget)).toMatchObject({ fit: 'tight' });
	expect(fitAfterFall(100_001, budget)).toMatchObject({ fit: 'too_much' });
	expect(fitAfterFall(1, { ...budget, outgoings: 400_001 })).toEqual({ surplus: -1, fit: 'too_much' });
});

test('half a budget says nothing about a fall', () => {
	expect(fitAfterFall(1, { income: 500_000, outgoings: 0, surplus: null })).toBeUndefined();
});

test('a missed third instalment: so many days to make it good, then what is left falls due', () => {
	const plan = planWith({ cureDays: 15, waivers: { lateFeeShare: '1', interestShare: '0.5', at: 'signing' } });
	const missed = ifMissed(plan);
	expect(missed).toMatchObject({ number: 3, dueDate: '2026-08-10', cureUntil: '2026-08-25', returning: 0 });
	const paid = plan.rows.slice(0, 2).reduce((sum, { principal }) => sum + principal, 0);
	const left = plan.principal - paid;
	expect(missed.balanceDue).toBeGreaterThanOrEqual(left + plan.rows[2]!.interest);
	// What runs from the missed day to the lapse is less than another month's interest.
	expect(missed.balanceDue).toBeLessThanOrEqual(left + plan.rows[2]!.interest + plan.rows[3]!.interest);
});

test('waivers that hold only on completion return, to the fen', () => {
	const plan = planWith({ waivers: { lateFeeShare: '1', interestShare: '0.5', at: 'completion' } });
	const held = planWith({ waivers: { lateFeeShare: '1', interestShare: '0.5', at: 'signing' } });
	expect(ifMissed(plan).returning).toBe(plan.totalOutstanding - plan.principal);
	expect(ifMissed(plan).balanceDue - ifMissed(held).balanceDue).toBe(ifMissed(plan).returning);
});

test('of a plan with fewer instalments it is the last', () => {
	const plan = planWith({ instalments: [1] }, 1);
	expect(ifMissed(plan)).toMatchObject({ number: 1, amount: plan.totalPayable });
	expect(ifMissed(plan).balanceDue).toBeGreaterThanOrEqual(plan.totalPayable);
});
