import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** What somebody of the staff reads whose role does not open a page; `home` is where their role starts. */
export const refusedWords = (home: string, bank: string) => ({
	language: getLocale(),
	bank,
	title: m.error_title_refused(),
	text: m.staff_error_refused(),
	back: m.staff_error_back(),
	home,
});
