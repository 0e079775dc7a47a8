import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyOf, findCurrency, formatAmount, parseAmount, split } from '#lib/domain/money.ts';

const CNY = currencyOf('CNY');
const JPY = currencyOf('JPY');
const KWD = currencyOf('KWD');

describe('an amount', () => {
	it('is read and written with exactly the currency’s digits', () => {
		expect([CNY.digits, JPY.digits, KWD.digits]).toEqual([2, 0, 3]);
		expect([parseAmount('1234.56', CNY), parseAmount('1234', JPY), parseAmount('1.234', KWD)]).toEqual([
			123456, 1234, 1234,
		]);
		expect([formatAmount(5, CNY), formatAmount(-50000, CNY), formatAmount(7, JPY), formatAmount(7, KWD)]).toEqual([
			'0.05',
			'-500.00',
			'7',
			'0.007',
		]);
	});

	it.each([
		'1234',
		'1234.5',
		'1234.567',
		'.50',
		'1,234.00',
		'1e3',
		' 1.00',
		'+1.00',
		'--1.00',
		'',
		'NaN',
		'99999999999999.99',
	])('"%s" is none in CNY', (text) => {
		expect(parseAmount(text, CNY)).toBeUndefined();
	});

	it('comes back from its text', () => {
		fc.assert(
			fc.property(fc.maxSafeInteger(), fc.constantFrom(CNY, JPY, KWD), (amount, currency) => {
				fc.pre(/^\d{1,15}(\.|$)/.test(formatAmount(Math.abs(amount), currency)));
				expect(parseAmount(formatAmount(amount, currency), currency)).toBe(amount);
			}),
		);
	});

	it('never is a negative nought', () => {
		expect(Object.is(parseAmount('-0.00', CNY), 0)).toBe(true);
	});
});

it('a currency that nobody knows has no digits', () => {
	expect(findCurrency('CNY')).toEqual(CNY);
	expect([findCurrency('ZZZ'), findCurrency('cny'), findCurrency('')]).toEqual([undefined, undefined, undefined]);
});

it('a split sums to the whole, its parts differ by one at most, and the greater stand first', () => {
	fc.assert(
		fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), (whole, parts) => {
			const shares = split(whole, parts);
			expect(shares.reduce((sum, share) => sum + share, 0)).toBe(whole);
			expect(shares).toEqual([...shares].sort((a, b) => Math.abs(b) - Math.abs(a)));
			expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
		}),
	);
});
