import { getLocale } from '#lib/paraglide/runtime.js';

/** Several, as one writes them in a row. */
export function listText(all: readonly string[]): string {
	return new Intl.ListFormat(getLocale(), { type: 'unit', style: 'short' }).format(all);
}
