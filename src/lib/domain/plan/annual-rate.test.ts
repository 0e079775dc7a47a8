import { expect, test } from 'vitest';
import { annualRates, formatBasisPoints } from '#lib/domain/plan/annual-rate.ts';

const level = (payment: number, count: number) => Array.from({ length: count }, () => payment);

test('flat 0.6% a month over 12 is 13.03% simple and 13.84% effective', () => {
	expect(annualRates(120_000, level(10_720, 12), 0)).toEqual({ simple: 1303, effective: 1384 });
});

test('what costs nothing has a rate of nought, however long it runs', () => {
	expect(annualRates(120_000, level(1_000, 120), 6)).toEqual({ simple: 0, effective: 0 });
});

test('empty months lower the rate, for the same cost is spread over more time', () => {
	const now = annualRates(100_000, [101_000], 0)!;
	const later = annualRates(100_000, [101_000], 5)!;
	expect(now).toEqual({ simple: 1200, effective: 1268 });
	expect(later.simple).toBe(199);
});

test('a simple rate of exactly half a hundredth is rounded up', () => {
	// one month, 125 of 12,000,000: 12 × 125/12,000,000 = 0.0125%
	expect(annualRates(12_000_000, [12_000_125], 0)!.simple).toBe(1);
	expect(annualRates(12_000_000, [12_000_050], 0)!.simple).toBe(1);
	expect(annualRates(12_000_000, [12_000_049], 0)!.simple).toBe(0);
	// one month, 12·r = 13.035% exactly: r = 0.0108625
	expect(annualRates(80_000_000, [80_869_000], 0)!.simple).toBe(1304);
	expect(annualRates(80_000_000, [80_868_999], 0)!.simple).toBe(1303);
});

test('an effective rate of exactly half a hundredth is rounded up', () => {
	// one payment after twelve months: (1 + r)^12 is the plain quotient, here 1.13845
	expect(annualRates(2_000_000_000_000, [2_276_900_000_000], 11)!.effective).toBe(1385);
	expect(annualRates(2_000_000_000_000, [2_276_899_999_999], 11)!.effective).toBe(1384);
	// and after twenty-four months its square: 1.00005², a rate of half a hundredth
	expect(annualRates(400_000_000, [400_040_001], 23)!.effective).toBe(1);
	expect(annualRates(400_000_000, [400_040_000], 23)!.effective).toBe(0);
});

test('a rate that doubles the debt every month is still found', () => {
	expect(annualRates(100, level(200, 1), 0)).toEqual({ simple: 120_000, effective: 40_950_000 });
	expect(annualRates(100_000, level(100_000, 360), 0)!.simple).toBe(120_000);
});

test('a rate beyond counting is undefined, never a wrong figure', () => {
	expect(annualRates(1, [1_000_000_000], 0)).toBeUndefined();
});

test('a plan that repays less than its principal is a mistake of the caller', () => {
	expect(() => annualRates(100, [99], 0)).toThrow(RangeError);
});

test('percent always shows two decimals', () => {
	expect([0, 5, 99, 1303].map(formatBasisPoints)).toEqual(['0.00', '0.05', '0.99', '13.03']);
});
