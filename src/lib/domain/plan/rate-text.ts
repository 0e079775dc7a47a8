import type { Rate } from '#lib/domain/rate.ts';

/**
 * A rate as text that `parseRate` reads back exactly, the same text for the same rate however it was written: a plain
 * decimal where one exists ("0.003"), else a quotient in lowest terms ("49/12000").
 */
export function formatRate(rate: Rate): string {
	const divisor = gcd(rate.numerator, rate.denominator);
	const numerator = BigInt(rate.numerator / divisor);
	const denominator = BigInt(rate.denominator / divisor);
	for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
		const scaled = numerator * 10n ** BigInt(decimals);
		if (scaled % denominator !== 0n) continue;
		const digits = String(scaled / denominator).padStart(decimals + 1, '0');
		return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
	}
	return `${String(numerator)}/${String(denominator)}`;
}

const MOST_DECIMALS = 12;

function gcd(a: number, b: number): number {
	while (b !== 0) [a, b] = [b, a % b];
	return a;
}
