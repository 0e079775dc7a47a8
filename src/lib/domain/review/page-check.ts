/** What an agent can find on a page. */
export const VERDICTS = ['accepted', 'again'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a page is asked for again, in the order the desk offers them; codes are stored and never change. */
export const AGAIN_REASONS = [
	'illegible',
	'cut_off',
	'pages_missing',
	'wrong_document',
	'out_of_date',
	'name_differs',
	'not_signed',
	'other',
] as const;
export type AgainReason = (typeof AGAIN_REASONS)[number];

/** Whether a text that came in, or was stored, is such a reason. */
export function isAgainReason(text: string): text is AgainReason {
	return (AGAIN_REASONS as readonly string[]).includes(text);
}

/** The longest that words about a page can be, in characters; the database holds to it too. */
export const LONGEST_PAGE_WORDS = 500;

/** A verdict as an agent gives it; `words` are read by the cardholder. */
export interface PageVerdict {
	readonly verdict: Verdict;
	readonly reason: AgainReason | null;
	readonly words: string;
}

/** What is wrong with a verdict as given; undefined where nothing. Who asks again says why, and in words where no reason fits. */
export function verdictProblem({
	verdict,
	reason,
	words,
}: PageVerdict): 'reason_needed' | 'words_needed' | 'words_too_long' | undefined {
	if (words.length > LONGEST_PAGE_WORDS) return 'words_too_long';
	if (verdict === 'accepted') return undefined;
	if (reason === null) return 'reason_needed';
	return reason === 'other' && words.trim() === '' ? 'words_needed' : undefined;
}

/** A page as it stands when somebody would judge it; undefined where it is not there any more. */
export type JudgedPage = { readonly state: 'received' | 'ready' | 'refused'; readonly pageCount: number } | undefined;

/** Whether a page can be judged, or marked, now; undefined where it can. What nobody can look at nobody judges. */
export function refusesPage(page: JudgedPage, sheet = 0): 'page_gone' | 'page_not_ready' | undefined {
	if (!page || sheet >= page.pageCount) return 'page_gone';
	return page.state === 'ready' ? undefined : 'page_not_ready';
}

/** How long after the first page was asked for again the cardholder is told: of several in one sitting they hear once. */
export const TOLD_AFTER_MINUTES = 5;
