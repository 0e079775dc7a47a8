import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatRate, mostWithoutShare, parseRate, roundHalfUp, shareOf, shareRoundedUp } from '#lib/domain/rate.ts';

it('a rate is an exact fraction', () => {
	expect(parseRate('0.0005')).toEqual({ numerator: 5, denominator: 10_000 });
	expect(parseRate('0.049/12')).toEqual({ numerator: 49, denominator: 12_000 });
	expect(parseRate('1')).toEqual({ numerator: 1, denominator: 1 });
});

it.each(['', '-0.1', '0,1', '1e-4', '.5', '5%', '1/0', '0.1/'])('"%s" is no rate', (text) => {
	expect(parseRate(text)).toBeUndefined();
});

it('a rate is written as it is read', () => {
	const texts = ['0.0005', '0.049/12', '1', '0', '12.5', '10'].map((text) =>
		formatRate(parseRate(text) ?? { numerator: 0, denominator: 7 }),
	);
	expect(texts).toEqual(['0.0005', '49/12000', '1', '0', '12.5', '10']);
});

it('a share is rounded half up once, and a share rounded up only where something is left', () => {
	const half = { numerator: 1, denominator: 2 };
	expect([1, 2, 3].map((amount) => shareOf(amount, half))).toEqual([1, 1, 2]);
	expect([0, 1, 2, 3].map((amount) => shareRoundedUp(amount, half))).toEqual([0, 1, 1, 2]);
	expect(shareOf(1, { numerator: 49, denominator: 100 })).toBe(0);
});

it('a share is exact at any size', () => {
	const amount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
	const part = fc.integer({ min: 1, max: 1_000_000_000 });
	fc.assert(
		fc.property(amount, part, part, (whole, a, b) => {
			const rate = { numerator: Math.min(a, b), denominator: Math.max(a, b) };
			const doubled = 2n * BigInt(whole) * BigInt(rate.numerator);
			const share = BigInt(shareOf(whole, rate));
			const denominator = BigInt(rate.denominator);
			// The share is the one integer with 2·exact in [2·share − 1, 2·share + 1).
			expect((2n * share - 1n) * denominator <= doubled && doubled < (2n * share + 1n) * denominator).toBe(true);
			expect(roundHalfUp(BigInt(whole) * BigInt(rate.numerator), denominator)).toBe(Number(share));
		}),
	);
});

it('knows the largest amount whose share rounds to nought', () => {
	expect(mostWithoutShare({ numerator: 5, denominator: 10_000 })).toBe(999);
	expect(mostWithoutShare({ numerator: 0, denominator: 10_000 })).toBe(Infinity);
	const part = fc.integer({ min: 1, max: 1_000_000_000 });
	fc.assert(
		fc.property(part, part, (numerator, denominator) => {
			const most = mostWithoutShare({ numerator, denominator });
			expect(shareOf(most, { numerator, denominator })).toBe(0);
			expect(shareOf(most + 1, { numerator, denominator })).toBeGreaterThan(0);
		}),
	);
});
