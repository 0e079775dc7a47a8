import { expect, test } from 'vitest';
import { levelPayment } from '#lib/domain/plan/level-payment.ts';
import { parseRate } from '#lib/domain/rate.ts';

const rate = (text: string) => parseRate(text)!;

test('the published annuity over 30 years at 4.9% a year holds to the fen', () => {
	expect(levelPayment(100_000_000, rate('0.049/12'), 360)).toBe(530_727);
});

test('at a rate of nought the payment is the principal over the number, half up', () => {
	expect(levelPayment(101, rate('0'), 2)).toBe(51);
});

test('one instalment at 1% is principal and interest at once', () => {
	expect(levelPayment(10_000, rate('0.01'), 1)).toBe(10_100);
});

test('a payment that ends in exactly half a fen is rounded up', () => {
	// n = 1: P·(1 + i) = 50 × 1.01 = 50.5
	expect(levelPayment(50, rate('0.01'), 1)).toBe(51);
});

test('amounts near the largest safe integer stay exact', () => {
	// n = 1 again, where the exact answer is known: P + P/1000
	expect(levelPayment(8_000_000_000_000_000, rate('0.001'), 1)).toBe(8_008_000_000_000_000);
});

test('the same rate written in two ways gives the same payment', () => {
	expect(levelPayment(1_234_567, rate('0.0100'), 17)).toBe(levelPayment(1_234_567, rate('0.01'), 17));
});
