import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRate } from '#lib/domain/plan/rate-text.ts';
import { parseRate } from '#lib/domain/rate.ts';

const again = (text: string) => formatRate(parseRate(text)!);

test('a rate is written the same however it was given', () => {
	expect([again('0.0030'), again('0.003'), again('3/1000')]).toEqual(['0.003', '0.003', '0.003']);
	expect([again('0'), again('0.00'), again('1.0'), again('12')]).toEqual(['0', '0', '1', '12']);
	expect([again('0.049/12'), again('1/3'), again('0.06/12')]).toEqual(['49/12000', '1/3', '0.005']);
});

test('what is written is read back as the same rate', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 999_999 }),
			fc.integer({ min: 1, max: 999_999 }),
			(numerator, denominator) => {
				const back = parseRate(formatRate({ numerator, denominator }))!;
				expect(BigInt(back.numerator) * BigInt(denominator)).toBe(BigInt(numerator) * BigInt(back.denominator));
			},
		),
	);
});
