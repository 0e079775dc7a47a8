import type { Currency, Minor } from '#lib/domain/money.ts';
import { roundHalfUp } from '#lib/domain/rate.ts';

/** An unrounded amount of at least nought: numerator / denominator minor units. */
export interface ExactAmount {
	readonly numerator: bigint;
	readonly denominator: bigint;
}

/**
 * Rounds a list of exact amounts with one denominator so that the roundings sum to the rounded sum: each is what it adds
 * to the running total, and only that total is rounded, half up. An element may differ by one from its own rounding.
 */
export function roundRunning(amounts: readonly ExactAmount[]): Minor[] {
	let exact = 0n;
	let shown = 0;
	return amounts.map(({ numerator, denominator }) => {
		exact += numerator;
		const before = shown;
		shown = roundHalfUp(exact, denominator);
		return shown - before;
	});
}

/**
 * Writes an exact amount in units of the currency: as a full decimal where it has one ("12.345"), as a quotient of minor
 * units ("1234/7") where it has none.
 */
export function formatExact({ numerator, denominator }: ExactAmount, currency: Currency): string {
	let places = 0;
	let scale = 1n;
	while (scale % denominator !== 0n && places < 24) {
		places++;
		scale *= 10n;
	}
	if (scale % denominator !== 0n) return `${String(numerator)}/${String(denominator)}`;
	const decimals = places + currency.digits;
	const digits = String(numerator * (scale / denominator)).padStart(decimals + 1, '0');
	const fraction = digits
		.slice(digits.length - decimals)
		.replace(/0+$/, '')
		.padEnd(currency.digits, '0');
	const whole = digits.slice(0, digits.length - decimals);
	return fraction === '' ? whole : `${whole}.${fraction}`;
}
