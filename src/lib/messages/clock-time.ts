import { spokenTag } from '#lib/messages/plain-format.ts';
import { getLocale } from '#lib/paraglide/runtime.js';

/** The time of day in a zone: "14:32". */
export function clockTime(instant: Date, timeZone: string, locale: string = getLocale()): string {
	return format(instant, { timeZone, hour: '2-digit', minute: '2-digit', hour12: false }, locale);
}

/** A near instant: "27 Nov, 14:32", "11月27日 14:32". */
export function nearTime(instant: Date, timeZone: string, locale: string = getLocale()): string {
	return format(
		instant,
		{ timeZone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false },
		locale,
	);
}

function format(instant: Date, options: Intl.DateTimeFormatOptions, locale: string): string {
	return new Intl.DateTimeFormat(spokenTag(locale), options).format(instant);
}
