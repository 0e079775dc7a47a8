/**
 * A phone number in E.164 (`+8613800000000`) from what somebody types: with spaces, dashes, brackets or full-width
 * digits, with `+` or `00` before the country's code, or without it where it is the home country's.
 * Undefined where it is no number.
 *
 * @param home the code of the country whose numbers are typed without one, such as "86"
 */
export function readPhone(text: string, home = '86'): string | undefined {
	const typed = text.normalize('NFKC').replaceAll(/[\s().\p{Dash}]/gu, '');
	const international = typed.replace(/^00/, '+');
	if (/^\+[1-9]\d{6,14}$/.test(international)) return international;
	if (!/^\d{6,14}$/.test(typed)) return undefined;
	if (typed.startsWith(home) && typed.length > NATIONAL_DIGITS) return `+${typed}`;
	return `+${home}${typed.replace(/^0/, '')}`;
}

/** A mainland mobile number has so many digits; what is longer and begins with the home code carries that code. */
const NATIONAL_DIGITS = 11;

/** The last four digits of a card as typed. */
export function readCardLast4(text: string): string | undefined {
	const digits = text.normalize('NFKC').replaceAll(/\s/g, '');
	return /^\d{4}$/.test(digits) ? digits : undefined;
}
