import {
	LONGEST_ITEM,
	LONGEST_REQUEST,
	MOST_DAYS,
	type RequestProblem,
} from '#lib/domain/application/information-request.ts';
import { LONGEST_NOTE } from '#lib/domain/review/note.ts';
import * as m from '#lib/paraglide/messages.js';
import type { RequestMoreRefusal } from '#lib/server/review/request-more.ts';
import { decideRefusalText } from './refusal-text.ts';

/** Why nothing was asked, in a sentence that says what to do. `holder` has the case now, where somebody has. */
export function askRefusalText(refusal: RequestMoreRefusal, holder: string | null): string {
	if (refusal === 'note_long') return m.desk_put_back_note_long({ most: LONGEST_NOTE });
	return isProblem(refusal) ? PROBLEMS[refusal]() : decideRefusalText(refusal, holder);
}

function isProblem(refusal: RequestMoreRefusal): refusal is RequestProblem {
	return refusal in PROBLEMS;
}

const PROBLEMS: Readonly<Record<RequestProblem, () => string>> = {
	nothing_asked: m.desk_refused_nothing_asked,
	too_much_asked: m.desk_refused_too_much_asked,
	asked_twice: m.desk_refused_asked_twice,
	item_words_needed: m.desk_refused_item_words_needed,
	item_words_long: () => m.desk_refused_item_words_long({ most: LONGEST_ITEM }),
	request_words_long: () => m.desk_refused_words_too_long({ most: LONGEST_REQUEST }),
	due_day_wrong: () => m.desk_refused_due_day({ days: MOST_DAYS }),
};
