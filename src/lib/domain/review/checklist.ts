/** What an agent checks before approving (domain.md, "Hardship"); codes are stored with the decision and never change. */
export const CHECKS = ['identity', 'evidence', 'budget', 'need', 'earlier_agreements', 'disputes'] as const;
export type Check = (typeof CHECKS)[number];

/** Whether a text that came in is one of the checks. */
export function isCheck(text: string): text is Check {
	return (CHECKS as readonly string[]).includes(text);
}

/** What was not checked yet; an approval needs an empty list, a refusal may come at the first thing that is wrong. */
export function uncheckedOf(checked: readonly Check[]): readonly Check[] {
	return CHECKS.filter((check) => !checked.includes(check));
}
