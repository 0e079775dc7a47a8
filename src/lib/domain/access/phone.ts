import { plainDigits } from '#lib/domain/access/plain-digits.ts';

/**
 * A phone number as a person types it, in E.164: blanks, dashes, brackets and full-width figures are dropped, 00 stands
 * for +, and a number without a country belongs to the bank's own (`countryCode`, digits only), with or without the
 * code or a trunk 0. Undefined where it cannot be a number.
 */
export function readPhone(text: string, countryCode = '86'): string | undefined {
	const plain = plainDigits(text).replace(/[().·/]/g, '');
	if (!/^\+?\d+$/.test(plain)) return undefined;
	const international = plain.startsWith('+') ? plain.slice(1) : plain.startsWith('00') ? plain.slice(2) : undefined;
	if (international !== undefined) return asE164(international);
	const national = plain.replace(/^0/, '');
	// "8613800138000" is a number with its country, "86123456" may be one without: only a longer rest decides.
	const hasCountry = national.startsWith(countryCode) && national.length - countryCode.length >= NATIONAL_DIGITS;
	return asE164(hasCountry ? national : countryCode + national);
}

/** From this length on, what follows the bank's country code is taken for a whole number. */
const NATIONAL_DIGITS = 10;

function asE164(digits: string): string | undefined {
	return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined;
}

/** A number as it may be shown: its last four only, "··· ··· 4821", so that its length tells nothing either. */
export function maskPhone(phone: string): string {
	return `··· ··· ${phone.slice(-4)}`;
}
