import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import * as plain from '#lib/messages/plain-format.ts';
import type { AmountParts } from '#lib/messages/plain-format.ts';
import { getLocale } from '#lib/paraglide/runtime.js';

export type { AmountParts } from '#lib/messages/plain-format.ts';

const WORD_JOINER = '\u2060';
const NO_BREAK_SPACE = '\u00a0';

/** "¥12,482" and ".17" with their sign; `signed` puts a plus before what is added. */
export function amountParts(
	amount: Minor,
	currency: string,
	signed = false,
	locale: string = getLocale(),
): AmountParts {
	return plain.amountParts(amount, currency, signed, locale);
}

/** "¥12,482.17", for a sentence. */
export function amountText(amount: Minor, currency: string, locale: string = getLocale()): string {
	return plain.amountText(amount, currency, locale);
}

/** The sign of a currency as it stands before an amount: "¥". */
export function currencySign(currency: string, locale: string = getLocale()): string {
	return plain.currencySign(currency, locale);
}

/** A day as a person says it: "Fri 27 November 2026", "2026年11月27日周五"; in Chinese no line ends between month and weekday. */
export function dayText(day: Day, locale: string = getLocale()): string {
	const text = plain.dayText(day, locale);
	return text.replace(/月(\d+)日( ?)(.)(.)$/, (_, ...[day, space, ...weekday]: string[]) =>
		['月', day, '日' + (space && NO_BREAK_SPACE), ...weekday.slice(0, 2)].join(WORD_JOINER),
	);
}

/** A day in a table: "27 Nov 2026", "2026/11/27". */
export function dayShort(day: Day, locale: string = getLocale()): string {
	return plain.dayShort(day, locale);
}

/** A near day in a narrow place: "27 Nov", "11月27日". */
export function dayNear(day: Day, locale: string = getLocale()): string {
	return plain.dayNear(day, locale);
}

/** An instant in the reader's or the bank's zone: "21 Nov 2026, 20:15". */
export function instantText(instant: Date, timeZone: string, locale: string = getLocale()): string {
	return plain.instantText(instant, timeZone, locale);
}

/** A percentage given as an exact decimal: "7.38" → "7.38%". */
export function percentText(percent: string, locale: string = getLocale()): string {
	return plain.percentText(percent, locale);
}
