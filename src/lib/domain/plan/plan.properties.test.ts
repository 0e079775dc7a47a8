import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annualRates } from '#lib/domain/plan/annual-rate.ts';
import { productWith } from '#lib/domain/plan/product.fixture.ts';
import { makeQuote } from '#lib/domain/plan/quote.ts';
import { DEFERRAL_INTERESTS, METHODS, schedule } from '#lib/domain/plan/schedule.ts';
import type { PlanTerms } from '#lib/domain/plan/schedule.ts';

const amount = fc.oneof(
	fc.integer({ min: 1, max: 200 }),
	fc.integer({ min: 1, max: 100_000_000 }),
	fc.integer({ min: 1, max: 10 ** 13 }),
);
const rate = fc.oneof(
	fc.constant({ numerator: 0, denominator: 1 }),
	fc.record({ numerator: fc.integer({ min: 1, max: 200 }), denominator: fc.constant(10_000) }),
	fc.record({ numerator: fc.integer({ min: 1, max: 90 }), denominator: fc.integer({ min: 91, max: 12_000 }) }),
);
const terms = fc
	.record({
		method: fc.constantFrom(...METHODS),
		principal: amount,
		instalments: fc.integer({ min: 1, max: 60 }),
		periodicRate: rate,
		firstDueDate: fc.constant('2026-01-31'),
		deferralMonths: fc.integer({ min: 0, max: 6 }),
		deferralInterest: fc.constantFrom(...DEFERRAL_INTERESTS),
	})
	.filter(
		({ method, periodicRate: { numerator, denominator } }) =>
			method !== 'equalInstalments' || numerator * 4 < denominator,
	)
	.map((record): PlanTerms => ({
		...record,
		deferralInterest: record.deferralMonths > 0 ? record.deferralInterest : null,
	}));

const sum = (amounts: readonly number[]) => amounts.reduce((total, each) => total + each, 0);
// A capitalised deferral at a monthly rate near 100% of the largest amounts passes exact counting, by design refused.
const countable = terms.filter(
	(each) => each.principal < 10 ** 9 || each.periodicRate.numerator * 10 < each.periodicRate.denominator,
);

test('principal sums exactly to what is restructured, whatever the terms', () => {
	fc.assert(
		fc.property(countable, (each) => {
			const { rows, capitalised, totalInterest, totalPayable } = schedule(each);
			expect(sum(rows.map((row) => row.principal))).toBe(each.principal + capitalised);
			expect(sum(rows.map((row) => row.interest)) + capitalised).toBe(totalInterest);
			expect(sum(rows.map((row) => row.total))).toBe(totalPayable);
			expect(each.principal + totalInterest).toBe(totalPayable);
			expect(rows.at(-1)!.balanceAfter).toBe(0);
		}),
		{ numRuns: 1_000 },
	);
});

test('no part of an instalment is negative, and none repays more than is left', () => {
	fc.assert(
		fc.property(countable, (each) => {
			const plan = schedule(each);
			let balance = each.principal + plan.capitalised;
			for (const row of plan.rows) {
				expect(Math.min(row.principal, row.interest, row.balanceAfter)).toBeGreaterThanOrEqual(0);
				expect(row.principal).toBeLessThanOrEqual(balance);
				balance -= row.principal;
				expect(row.balanceAfter).toBe(balance);
			}
		}),
		{ numRuns: 1_000 },
	);
});

/**
 * By how much two plans of the same terms can round apart: half a fen in each row of each, and what the half fen of a level payment
 * grows to at the plan's own rate until its end.
 */
function roundedAway({ instalments, periodicRate: { numerator, denominator } }: PlanTerms): number {
	return instalments * (1 + numerator / denominator) ** instalments;
}

test('a deferral never lowers what is owed, unless it waives the interest of the empty months', () => {
	fc.assert(
		fc.property(countable, (each) => {
			const plain = schedule({ ...each, deferralMonths: 0, deferralInterest: null }).totalPayable;
			const deferred = schedule(each);
			expect(deferred.capitalised).toBeGreaterThanOrEqual(0);
			if (each.deferralInterest === 'added') expect(deferred.totalPayable).toBeGreaterThanOrEqual(plain);
			else if (each.deferralInterest !== 'capitalised') expect(deferred.totalPayable).toBe(plain);
			else expect(deferred.totalPayable).toBeGreaterThanOrEqual(plain - roundedAway(each));
		}),
		{ numRuns: 1_000 },
	);
});

test('the annual rate discounts every instalment back to the principal', () => {
	fc.assert(
		fc.property(countable, (each) => {
			const payments = schedule(each).rows.map((row) => row.total);
			const { simple } = annualRates(each.principal, payments, each.deferralMonths)!;
			const worth = (points: number) =>
				sum(payments.map((payment, index) => payment / (1 + points / 120_000) ** (each.deferralMonths + index + 1)));
			// rounding moved the rate by half a hundredth at most, so the principal lies between the neighbours' worth
			const slack = 1e-9 * each.principal;
			expect(worth(simple + 0.5)).toBeLessThanOrEqual(each.principal + slack);
			expect(worth(simple - 0.5)).toBeGreaterThanOrEqual(each.principal - slack);
		}),
		{ numRuns: 1_000 },
	);
});

test('payments less their interest plus waivers conserve the debt to the fen', () => {
	const share = fc.constantFrom('0', '0.333', '0.5', '1', '1/3');
	const part = fc.integer({ min: 0, max: 10_000_000 });
	fc.assert(
		fc.property(fc.tuple(part, part, part, part, part), share, share, (parts, lateFeeShare, interestShare) => {
			const [principal, billedInterest, unbilledInterest, billedFees, unbilledLateFees] = parts;
			const figures = {
				...{ principal, billedInterest, unbilledInterest, billedFees, unbilledLateFees },
				...{ credit: 0, totalOutstanding: sum(parts), pastDueAmount: 0, daysPastDue: 0 },
				...{ delinquencyBucket: 'M0', dailyInterest: 0 },
			};
			const product = productWith({ waivers: { lateFeeShare, interestShare, at: 'signing' } });
			const choice = { instalments: 12, deferralMonths: 0 };
			const made = makeQuote({
				product,
				figures,
				currency: 'CNY',
				asOf: '2026-05-20',
				choice,
				firstDueDate: '2026-06-10',
			});
			if (!made.ok) return;
			const { waived, schedule: plan } = made.quote;
			const repaid = sum(plan.rows.map((row) => row.total - row.interest));
			expect(repaid + waived.lateFees + waived.interest).toBe(figures.totalOutstanding);
		}),
	);
});
