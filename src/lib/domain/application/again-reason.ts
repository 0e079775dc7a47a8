/** Why an agent asks for a page again, in the order the desk offers them; codes are stored and never change. */
export const AGAIN_REASONS = [
	'not_legible',
	'cut_off',
	'pages_missing',
	'out_of_date',
	'not_theirs',
	'another_paper',
	'other',
] as const;
export type AgainReason = (typeof AGAIN_REASONS)[number];

/** Whether a text that came in is such a reason. */
export function isAgainReason(text: string): text is AgainReason {
	return (AGAIN_REASONS as readonly string[]).includes(text);
}
