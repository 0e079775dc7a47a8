import { parseAmount } from '#lib/domain/money.ts';
import type { Currency, Minor } from '#lib/domain/money.ts';

/** The largest amount that a person can mean in a form: a thousand million of the currency's units. */
const MOST_UNITS = 1_000_000_000;

/** An amount as a person typed it, or what is wrong with it. */
export type TypedAmount =
	| { readonly ok: true; readonly amount: Minor }
	| { readonly ok: false; readonly refusal: 'not_an_amount' | 'too_large' };

/**
 * Reads an amount as people type it: full-width digits and signs of a Chinese keyboard, thousands in threes, fewer
 * decimals than the currency has, a currency mark around it. Nothing is guessed: what can be read in two ways, a sign
 * or too many decimals are refused, and no float is on the way.
 */
export function readTypedAmount(text: string, currency: Currency): TypedAmount {
	const plain = text
		.normalize('NFKC')
		.replace(/。/g, '.')
		.replace(new RegExp(`^\\s*(?:[¥$€£]|${currency.code}|RMB)?\\s*`, 'i'), '')
		.replace(/\s*(?:元|圆|块|円)?\s*$/, '');
	const match = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/.exec(plain);
	if (!match) return { ok: false, refusal: 'not_an_amount' };
	const whole = match[1]!.replace(/,/g, '').replace(/^0+(?=\d)/, '');
	const decimals = match[2] ?? '';
	if (decimals.length > currency.digits) return { ok: false, refusal: 'not_an_amount' };
	if (whole.length > 10 || Number(whole) >= MOST_UNITS) return { ok: false, refusal: 'too_large' };
	const exact = currency.digits === 0 ? whole : `${whole}.${decimals.padEnd(currency.digits, '0')}`;
	const amount = parseAmount(exact, currency);
	return amount === undefined ? { ok: false, refusal: 'too_large' } : { ok: true, amount };
}
