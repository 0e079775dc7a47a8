/**
 * Why someone cannot pay as agreed: the eight hardship reasons of domain.md, "Hardship". Codes are stored and never
 * change; words for them stand in messages.
 */
export const REASONS = [
	'unemployment',
	'income_drop',
	'illness_or_injury',
	'family_change',
	'business_failure',
	'disaster',
	'death_of_earner',
	'other',
] as const;
export type Reason = (typeof REASONS)[number];

/** Whether a text that came in is one of the reasons. */
export function isReason(text: string): text is Reason {
	return (REASONS as readonly string[]).includes(text);
}
