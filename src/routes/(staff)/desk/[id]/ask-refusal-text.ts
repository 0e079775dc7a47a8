import {
	LONGEST_ITEM,
	LONGEST_REQUEST,
	MOST_DAYS,
	type RequestProblem,
} from '#lib/domain/application/information-request.ts';
import * as m from '#lib/paraglide/messages.js';
import type { RequestMoreRefusal } from '#lib/server/review/request-more.ts';
import { decideRefusalText, type Standing } from './refusal-text.ts';

/** Why nothing was asked, in a sentence that says what to do; `now` is how the case stands since. */
export function askRefusalText(refusal: RequestMoreRefusal, now: Standing | null): string {
	return isProblem(refusal) ? PROBLEMS[refusal]() : decideRefusalText(refusal, now);
}

/** Whether it is about what was filled in. */
export function isProblem(refusal: RequestMoreRefusal): refusal is RequestProblem {
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
