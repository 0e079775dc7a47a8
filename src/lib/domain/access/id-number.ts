import { plainDigits } from '#lib/domain/access/plain-digits.ts';

/**
 * The last four of a mainland ID number as typed: three digits and a digit or X (GB 11643, the check character), in any
 * case and width. Undefined where it cannot be one.
 */
export function readIdLastFour(text: string): string | undefined {
	const plain = plainDigits(text).toUpperCase();
	return /^[0-9]{3}[0-9X]$/.test(plain) ? plain : undefined;
}

/** The last four digits of a card number as typed; undefined where it cannot be that. */
export function readCardLastFour(text: string): string | undefined {
	const plain = plainDigits(text);
	return /^[0-9]{4}$/.test(plain) ? plain : undefined;
}
