import { languageName } from '#lib/messages/language-name.ts';
import { getLocale, locales } from '#lib/paraglide/runtime.js';

/** What a language is called in the reader's own. */
export function languageText(tag: string): string {
	return languageName(tag, locales, getLocale());
}
