import { expect, test } from 'vitest';
import { fitOf, termThatFits } from '#lib/domain/plan/affordability.ts';
import type { PlanTerms } from '#lib/domain/plan/schedule.ts';

const terms: Omit<PlanTerms, 'instalments'> = {
	method: 'equalPrincipal',
	principal: 120_000,
	periodicRate: { numerator: 1, denominator: 100 },
	firstDueDate: '2026-06-10',
	deferralMonths: 0,
	deferralInterest: null,
};

test('the shortest term whose dearest month fits is found, in whatever order terms are offered', () => {
	// the first month is the dearest: 10,000 + 1,200 over twelve
	expect(termThatFits(terms, [24, 6, 12], 11_200)).toEqual({ ok: true, instalments: 12, highestInstalment: 11_200 });
	expect(termThatFits(terms, [24, 6, 12], 11_199)).toMatchObject({ ok: true, instalments: 24 });
});

test('where no term fits, the least that one asks is told', () => {
	expect(termThatFits(terms, [6, 12], 5_000)).toEqual({ ok: false, refusal: 'no_term_fits', leastMonthly: 11_200 });
});

test('an offer of no terms is a mistake of the caller', () => {
	expect(() => termThatFits(terms, [], 5_000)).toThrow(RangeError);
});

test('an instalment fits, is tight or too much by the surplus', () => {
	expect([80_000, 80_001, 100_000, 100_001].map((instalment) => fitOf(instalment, 100_000))).toEqual([
		'fits',
		'tight',
		'tight',
		'too_much',
	]);
});

test('a budget without surplus fits nothing, and no budget says nothing', () => {
	expect(fitOf(1, 0)).toBe('too_much');
	expect(fitOf(1, -5_000)).toBe('too_much');
	expect(fitOf(1, null)).toBe('unknown');
});
