import { formatRate } from '#lib/domain/plan/rate-text.ts';
import type { Rate } from '#lib/domain/rate.ts';

/** A rate as the percentage that a person writes, exactly: 0.0035 is "0.35", a twelfth of 4.9% is "49/120". */
export function percentOfRate({ numerator, denominator }: Rate): string {
	if (denominator % 100 === 0) return formatRate({ numerator, denominator: denominator / 100 });
	return formatRate({ numerator: numerator * 100, denominator });
}

/**
 * The rate of a percentage as it was typed, as text for `parseRate`: "0.35" and "0.35 %" are "0.0035". What is no
 * percentage comes back as it is, for whoever reads it to refuse.
 */
export function rateOfPercent(typed: string): string {
	const text = typed.normalize('NFKC').replace(/\s/g, '').replace(/%$/, '');
	const match = /^(\d{1,9})(?:\.(\d{1,10}))?(\/\d{1,9})?$/.exec(text);
	if (!match) return typed;
	const whole = (match[1] ?? '').padStart(3, '0');
	return `${whole.slice(0, -2)}.${whole.slice(-2)}${match[2] ?? ''}${match[3] ?? ''}`;
}
