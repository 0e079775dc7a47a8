import type { FileRefusal } from '#lib/domain/application/evidence-limits.ts';
import { LONGEST_PAGE_WORDS } from '#lib/domain/review/page-check.ts';
import * as m from '#lib/paraglide/messages.js';
import type { CheckRefusal } from '#lib/server/review/check-page.ts';

/** Why nothing was done about a page, in a sentence that says what to do. */
export function pageRefusalText(refusal: CheckRefusal): string {
	return REFUSALS[refusal]();
}

const REFUSALS: Readonly<Record<CheckRefusal, () => string>> = {
	status_changed: m.viewer_refused_held,
	lease_lost: m.viewer_refused_held,
	taken_by_other: m.viewer_refused_held,
	stale_fence: m.viewer_refused_held,
	page_gone: m.viewer_refused_gone,
	page_not_ready: m.viewer_refused_not_ready,
	reason_needed: m.viewer_refused_reason,
	words_needed: m.viewer_refused_words,
	words_too_long: () => m.viewer_refused_long({ most: LONGEST_PAGE_WORDS }),
};

/** Why a file of the cardholder's could not be taken, for staff. */
export function fileRefusalText(refusal: FileRefusal): string {
	return FILES[refusal]();
}

const FILES: Readonly<Record<FileRefusal, () => string>> = {
	not_supported: m.viewer_file_not_supported,
	unreadable: m.viewer_file_unreadable,
	locked: m.viewer_file_locked,
	too_many_pixels: m.viewer_file_too_many_pixels,
	too_many_pages: m.viewer_file_too_many_pages,
	infected: m.viewer_file_infected,
	renamed: m.viewer_file_renamed,
};
