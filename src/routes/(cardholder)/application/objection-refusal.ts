import { plainText } from '#lib/domain/plain-text.ts';
import { LONGEST_OBJECTION } from '#lib/domain/review/objection.ts';
import * as m from '#lib/paraglide/messages.js';
import type { ObjectRefusal } from '#lib/server/objection/object-to-decision.ts';

/** Why an objection was not taken, in words: beside what was written where it is about that, else above the page. */
export function objectionRefusal(refusal: ObjectRefusal, words: string): { refusal?: string; objectionError?: string } {
	switch (refusal) {
		case 'words_missing':
			return { objectionError: m.objection_missing() };
		case 'words_long':
			return { objectionError: m.objection_long({ count: plainText(words).length, most: LONGEST_OBJECTION }) };
		case 'not_found':
			return { refusal: m.check_not_found() };
		case 'not_declined':
			return { refusal: m.objection_refused_moved() };
		case 'already_objected':
			return { refusal: m.objection_refused_already() };
		case 'followed':
			return { refusal: m.objection_refused_followed() };
		case 'too_late':
			return { refusal: m.objection_refused_late() };
	}
}
