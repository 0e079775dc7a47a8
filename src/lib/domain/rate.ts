import type { Minor } from '#lib/domain/money.ts';

/** An exact rate as a fraction of safe integers: 0.0005 is 5/10000. */
export interface Rate {
	readonly numerator: number;
	readonly denominator: number;
}

/** Reads "0.0005", "5" or a quotient "0.049/12"; undefined for anything else. */
export function parseRate(text: string): Rate | undefined {
	const match = /^(\d{1,9})(?:\.(\d{1,12}))?(?:\/(\d{1,9}))?$/.exec(text);
	if (!match) return undefined;
	const decimals = match[2] ?? '';
	const numerator = Number((match[1] ?? '') + decimals);
	const denominator = 10 ** decimals.length * Number(match[3] ?? '1');
	if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator === 0) return undefined;
	return { numerator, denominator };
}

/** Writes a rate as `parseRate` reads it: a decimal where it has one ("0.0005"), else a quotient ("49/12000"). */
export function formatRate({ numerator, denominator }: Rate): string {
	const decimals = Math.round(Math.log10(denominator));
	if (10 ** decimals !== denominator) return `${String(numerator)}/${String(denominator)}`;
	const digits = String(numerator).padStart(decimals + 1, '0');
	const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
	const whole = digits.slice(0, digits.length - decimals);
	return fraction === '' || decimals === 0 ? whole : `${whole}.${fraction}`;
}

/** numerator / denominator rounded half up to an integer; both at least nought, denominator above it. */
export function roundHalfUp(numerator: bigint, denominator: bigint): number {
	return Number((2n * numerator + denominator) / (2n * denominator));
}

/** amount × rate, rounded half up once to the minor unit; exact at any size. The amount is at least nought. */
export function shareOf(amount: Minor, rate: Rate): Minor {
	const product = amount * rate.numerator;
	if (product <= Number.MAX_SAFE_INTEGER / 4 && rate.denominator <= Number.MAX_SAFE_INTEGER / 4) {
		const whole = Math.floor(product / rate.denominator);
		return whole + ((product - whole * rate.denominator) * 2 >= rate.denominator ? 1 : 0);
	}
	return roundHalfUp(BigInt(amount) * BigInt(rate.numerator), BigInt(rate.denominator));
}

/** amount × rate, rounded up to the minor unit; exact at any size. The amount is at least nought. */
export function shareRoundedUp(amount: Minor, rate: Rate): Minor {
	const denominator = BigInt(rate.denominator);
	return Number((BigInt(amount) * BigInt(rate.numerator) + denominator - 1n) / denominator);
}

/** The largest amount whose share, rounded half up, is nought; without end where the rate is nought. */
export function mostWithoutShare({ numerator, denominator }: Rate): Minor {
	return Math.ceil(denominator / (2 * numerator)) - 1;
}
