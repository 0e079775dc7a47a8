import type { Minor } from '#lib/domain/money.ts';
import { roundHalfUp, shareOf } from '#lib/domain/rate.ts';
import type { Rate } from '#lib/domain/rate.ts';

/**
 * The payment of equal instalments, P·i / (1 − (1+i)^−n), rounded half up once (domain.md, "Plans"). It is computed as
 * an exact fraction, so the rounding never hangs on a float. At i = 0 it is P/n half up.
 */
export function levelPayment(principal: Minor, rate: Rate, instalments: number): Minor {
	if (rate.numerator === 0) return shareOf(principal, { numerator: 1, denominator: instalments });
	const factor = annuityFactor(rate, instalments);
	return roundHalfUp(BigInt(principal) * factor.numerator, factor.denominator);
}

/** i / (1 − (1+i)^−n) for i = a/b, as a·(a+b)^n / (b·((a+b)^n − b^n)). */
function annuityFactor(rate: Rate, instalments: number): Factor {
	const key = `${String(rate.numerator)}/${String(rate.denominator)}/${String(instalments)}`;
	const known = factors.get(key);
	if (known) return known;
	const divisor = gcd(BigInt(rate.numerator), BigInt(rate.denominator));
	const a = BigInt(rate.numerator) / divisor;
	const b = BigInt(rate.denominator) / divisor;
	const grown = (a + b) ** BigInt(instalments);
	const factor = { numerator: a * grown, denominator: b * (grown - b ** BigInt(instalments)) };
	// The powers depend on the product alone; a few hundred cover every product on offer, and strangers cannot fill memory.
	if (factors.size >= FACTORS_KEPT) factors.clear();
	factors.set(key, factor);
	return factor;
}

interface Factor {
	readonly numerator: bigint;
	readonly denominator: bigint;
}

const FACTORS_KEPT = 500;
const factors = new Map<string, Factor>();

function gcd(a: bigint, b: bigint): bigint {
	while (b !== 0n) [a, b] = [b, a % b];
	return a;
}
