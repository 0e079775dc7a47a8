import { nearestLanguage } from '#lib/domain/language.ts';
import { baseLocale, isLocale, type Locale, locales } from '#lib/paraglide/runtime.js';

/** The language of ours for somebody whose own is kept with them, as the bank knows it: the nearest, else the base. */
export function readerLocale(tag: string): Locale {
	const nearest = nearestLanguage(locales, tag);
	return isLocale(nearest) ? nearest : baseLocale;
}
