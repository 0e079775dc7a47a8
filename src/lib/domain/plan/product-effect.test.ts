import { expect, test } from 'vitest';
import { OWED } from '#lib/domain/plan/owed.fixture.ts';
import { productWith } from '#lib/domain/plan/product.fixture.ts';
import { nearestOffered, productExample } from '#lib/domain/plan/product-example.ts';
import { type DraftSituation, EffectTally } from '#lib/domain/plan/product-effect.ts';
import { makeQuote, type PlanChoice } from '#lib/domain/plan/quote.ts';

const before = productWith();

function draft(amount: number, choice: PlanChoice | null, daysPastDue = 40): DraftSituation {
	const figures = { ...OWED, totalOutstanding: amount };
	return {
		situation: { daysPastDue, amount, reason: 'other', evidence: [] },
		choice,
		quote: (product, picked) =>
			makeQuote({
				product,
				figures,
				currency: 'CNY',
				asOf: '2026-11-21',
				choice: picked,
				firstDueDate: '2026-12-20',
			}),
	};
}

const twelve = { instalments: 12, deferralMonths: 0 };

function effect(after: typeof before | null, drafts: readonly DraftSituation[], old: typeof before | null = before) {
	const tally = new EffectTally(old, after);
	for (const one of drafts) tally.add(one);
	return tally.result();
}

test('who holds the old version and keeps it pays more where the rate rises', () => {
	const result = effect(productWith({ periodicRate: '0.006' }), [
		draft(1_000_000, twelve),
		draft(2_000_000, twelve),
		draft(3_000_000, null),
	]);
	expect(result).toMatchObject({
		drafts: 3,
		holding: 2,
		holdingKept: 2,
		openNow: 3,
		openThen: 3,
		dearer: 2,
		cheaper: 0,
	});
	expect(result.totalCost!.after.greatest).toBeGreaterThan(result.totalCost!.before.greatest);
	expect(result.highestInstalment!.before.least).toBe(result.highestInstalment!.before.median);
});

test('who loses the product is counted by the reason, and a term that is gone is one', () => {
	const narrower = productWith({ eligibility: { daysPastDueFrom: 60 }, instalments: [6] });
	const result = effect(narrower, [
		draft(1_000_000, twelve, 40),
		draft(1_000_000, twelve, 61),
		draft(100_000, null, 40),
	]);
	expect(result).toMatchObject({ holding: 2, holdingKept: 0, openNow: 3, openThen: 1, highestInstalment: null });
	expect(result.holdingLost).toEqual([
		{ because: 'too_early', count: 1 },
		{ because: 'instalments_not_offered', count: 1 },
	]);
	expect(result.closed).toEqual([{ because: 'too_early', count: 2 }]);
});

test('retiring takes it from everybody, and a new product takes nothing', () => {
	const drafts = [draft(1_000_000, twelve), draft(1_000_000, null)];
	expect(effect(null, drafts)).toMatchObject({ openThen: 0, holdingLost: [{ because: 'retired', count: 1 }] });
	expect(effect(before, [draft(1_000_000, null)], null)).toMatchObject({ openNow: 0, openThen: 1, closed: [] });
});

test('the example takes the offered term nearest to a year', () => {
	expect(nearestOffered([3, 6, 18], 12)).toBe(6);
	expect(nearestOffered([], 3)).toBe(0);
	const example = productExample(before, { amount: 1_000_000, today: '2026-11-21' });
	expect(example?.choice).toEqual(twelve);
	expect(example?.schedule.rows).toHaveLength(12);
	expect(example?.annualRates.simple).toBe(360);
});
