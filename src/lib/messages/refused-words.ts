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

/** What is read where another site, or a browser that does not say which, sent something here. */
export const foreignWords = (bank: string) => ({
	language: getLocale(),
	bank,
	title: m.refused_foreign_title(),
	text: m.refused_foreign_text(),
	back: m.error_home(),
	home: '/',
});

/** What is read where a form brought more than any form of ours does; `home` is the page that it stands on. */
export const largeWords = (home: string, bank: string) => ({
	language: getLocale(),
	bank,
	title: m.error_title_large(),
	text: m.refused_large_text(),
	back: m.unsent_back(),
	home,
});
