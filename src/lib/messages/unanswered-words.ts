import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** What is said of a form that could not be dealt with, of the desk or of anybody who is not staff. */
export function unsentWords(whose: 'desk' | 'public', bank: string) {
	const shared = {
		language: getLocale(),
		bank,
		title: m.desk_unsent_title(),
		written: m.desk_unsent_written(),
		send: m.desk_unsent_send(),
	};
	return whose === 'desk'
		? { ...shared, text: m.desk_unsent_text(), back: m.desk_unsent_back(), reference: m.desk_unsent_reference() }
		: {
				...shared,
				text: m.unsent_text(),
				inPart: m.unsent_in_part(),
				back: m.unsent_back(),
				reference: m.unsent_reference(),
			};
}

/** What is said instead of a page that cannot be read now. */
export function awayWords(bank: string) {
	return {
		language: getLocale(),
		bank,
		title: m.away_title(),
		text: m.away_text(),
		again: m.offline_again(),
	};
}
