import type { DraftRefusal } from '#lib/server/application/draft.ts';
import * as m from '#lib/paraglide/messages.js';

const WORDS: Readonly<Record<DraftRefusal, () => string>> = {
	no_draft: m.draft_none,
	already_submitted: m.draft_already_submitted,
};

/** Why the application cannot be changed, and what to do about it. */
export function draftRefusalWords(refusal: DraftRefusal): string {
	return WORDS[refusal]();
}
