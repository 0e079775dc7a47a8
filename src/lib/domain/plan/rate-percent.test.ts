import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentOfRate, rateOfPercent } from '#lib/domain/plan/rate-percent.ts';
import { parseRate } from '#lib/domain/rate.ts';

test('a percentage is read as it is written, with its sign, in full width, or as a fraction', () => {
	expect(rateOfPercent('0.35')).toBe('0.0035');
	expect(rateOfPercent(' 0.35 %')).toBe('0.0035');
	expect(rateOfPercent('０.３５％')).toBe('0.0035');
	expect(rateOfPercent('100')).toBe('1.00');
	expect(rateOfPercent('4.9/12')).toBe('0.049/12');
	expect(rateOfPercent('a lot')).toBe('a lot');
	expect(parseRate(rateOfPercent('-1'))).toBeUndefined();
});

test('a rate shown as a percentage and typed back is the same rate', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 999_999 }), fc.constantFrom(1, 12, 100, 1000, 12_000, 10 ** 6), (n, d) => {
			const again = parseRate(rateOfPercent(percentOfRate({ numerator: n, denominator: d })));
			expect(BigInt(again!.numerator) * BigInt(d)).toBe(BigInt(n) * BigInt(again!.denominator));
		}),
	);
});
