import type { SaveRefusal } from '#lib/server/application/save-hardship.ts';
import * as m from '#lib/paraglide/messages.js';

const WORDS: Readonly<Record<SaveRefusal, () => string>> = {
	agreement_alive: m.draft_agreement_alive,
	no_draft: m.draft_none,
	already_submitted: m.draft_already_submitted,
};

/** Why the application cannot be changed, and what to do about it. */
export function draftRefusalWords(refusal: SaveRefusal): string {
	return WORDS[refusal]();
}
