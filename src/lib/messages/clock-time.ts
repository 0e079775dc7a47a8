import { dateFormat } from '#lib/messages/kept-intl.ts';
import * as plain from '#lib/messages/plain-format.ts';
import { getLocale } from '#lib/paraglide/runtime.js';

/** The time of day in a zone: "14:32". */
export function clockTime(instant: Date, timeZone: string, locale: string = getLocale()): string {
	return plain.clockTime(instant, timeZone, locale);
}

/** A near instant: "27 Nov, 14:32", "11月27日 14:32". */
export function nearTime(instant: Date, timeZone: string, locale: string = getLocale()): string {
	return dateFormat(plain.spokenTag(locale), 'near', timeZone).format(instant);
}
