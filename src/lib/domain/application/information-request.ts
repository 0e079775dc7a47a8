import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import { isWorkingDay, type WorkCalendar } from '#lib/domain/application/working-days.ts';
import { addDays, type Day, isDay } from '#lib/domain/day.ts';
import { AGAIN_REASONS } from '#lib/domain/review/page-check.ts';

/** Why something more is asked for, in the order the desk offers them; codes are stored and never change. */
export const REQUEST_REASONS = ['missing', 'to_understand', ...AGAIN_REASONS] as const;
export type RequestReason = (typeof REQUEST_REASONS)[number];

/** Whether a text that came in is such a reason. */
export function isRequestReason(text: string): text is RequestReason {
	return (REQUEST_REASONS as readonly string[]).includes(text);
}

/** One thing that is asked of a cardholder: a paper of a kind, or an answer to the question that `words` ask. */
export type RequestItem = {
	readonly reason: RequestReason;
	/** Of a paper, what the agent says about it; may be empty. */
	readonly words: string;
} & ({ readonly what: 'evidence'; readonly kind: EvidenceKind } | { readonly what: 'answer'; readonly kind: null });

/** What an agent asks for, by when, and what they say about the whole. */
export interface RequestForm {
	readonly items: readonly RequestItem[];
	readonly dueOn: Day;
	readonly words: string;
}

export const MOST_ITEMS = 10;
export const LONGEST_REQUEST = 1_000;
export const LONGEST_ITEM = 500;
export const LONGEST_ANSWER = 2_000;
/** So far ahead can the day be by which it is to be there. */
export const MOST_DAYS = 30;

/** Why a request cannot go out as it was filled in. */
export type RequestProblem =
	| 'nothing_asked'
	| 'too_much_asked'
	| 'asked_twice'
	| 'item_words_needed'
	| 'item_words_long'
	| 'request_words_long'
	| 'due_day_wrong';

/**
 * What is wrong with a request; undefined where nothing. It names one to ten things, each paper once, and a working day from
 * tomorrow on within thirty days; a question has its words, and so has the reason `other`.
 */
export function requestProblem(
	{ items, dueOn, words }: RequestForm,
	{ today, calendar }: { today: Day; calendar: WorkCalendar },
): RequestProblem | undefined {
	if (items.length === 0) return 'nothing_asked';
	if (items.length > MOST_ITEMS) return 'too_much_asked';
	const kinds = items.flatMap(({ kind }) => kind ?? []);
	if (new Set(kinds).size < kinds.length) return 'asked_twice';
	if (items.some((item) => needsWords(item) && item.words.trim() === '')) return 'item_words_needed';
	if (items.some((item) => item.words.length > LONGEST_ITEM)) return 'item_words_long';
	if (words.length > LONGEST_REQUEST) return 'request_words_long';
	return isDueDay(dueOn, today, calendar) ? undefined : 'due_day_wrong';
}

function needsWords({ what, reason }: RequestItem): boolean {
	return what === 'answer' || reason === 'other';
}

function isDueDay(day: Day, today: Day, calendar: WorkCalendar): boolean {
	return isDay(day) && day > today && day <= addDays(today, MOST_DAYS) && isWorkingDay(day, calendar);
}

/** What has come since it was asked for. */
export interface Brought {
	/** When pages of a kind came that were not refused. */
	readonly pages: readonly { readonly kind: EvidenceKind; readonly receivedAt: Date }[];
	readonly askedAt: Date;
}

/** Whether an item is there: a page of its kind that came after it was asked for, or an answer in words. */
export function isBrought(
	item: Pick<RequestItem, 'what' | 'kind'> & { readonly answer: string },
	{ pages, askedAt }: Brought,
): boolean {
	if (item.what === 'answer') return item.answer.trim() !== '';
	return pages.some(({ kind, receivedAt }) => kind === item.kind && receivedAt > askedAt);
}

/** Whether nobody waits for the cardholder any more: the day itself is still theirs. */
export function isOver(dueOn: Day, today: Day): boolean {
	return today > dueOn;
}
