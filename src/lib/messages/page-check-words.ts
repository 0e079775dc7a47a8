import type { AgainReason } from '#lib/domain/review/page-check.ts';
import * as m from '#lib/paraglide/messages.js';

/** Why a page is asked for again, in the two or three words of a list for staff. */
export function againReasonName(reason: AgainReason): string {
	return NAMES[reason]();
}

const NAMES: Readonly<Record<AgainReason, () => string>> = {
	illegible: m.viewer_why_illegible,
	cut_off: m.viewer_why_cut_off,
	pages_missing: m.viewer_why_pages_missing,
	wrong_document: m.viewer_why_wrong_document,
	out_of_date: m.viewer_why_out_of_date,
	name_differs: m.viewer_why_name_differs,
	not_signed: m.viewer_why_not_signed,
	other: m.viewer_why_other,
};

/** The same for the cardholder: what is wrong with the page, and what to do. */
export function againReasonWords(reason: AgainReason): string {
	return WORDS[reason]();
}

const WORDS: Readonly<Record<AgainReason, () => string>> = {
	illegible: m.page_again_illegible,
	cut_off: m.page_again_cut_off,
	pages_missing: m.page_again_pages_missing,
	wrong_document: m.page_again_wrong_document,
	out_of_date: m.page_again_out_of_date,
	name_differs: m.page_again_name_differs,
	not_signed: m.page_again_not_signed,
	other: m.page_again_other,
};
