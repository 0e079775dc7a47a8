import { plainText } from '#lib/domain/plain-text.ts';
import { type Eyes, refusesReview, type ReviewRefusal } from '#lib/domain/review/eyes.ts';
import type { DeclineTemplate } from '#lib/domain/review/decline-letter.ts';
import { type Holding, type HoldingRefusal, refusesHolding } from '#lib/domain/review/holding.ts';

/** What an agent can decide; each is the status that the application then has. */
export const OUTCOMES = ['approved', 'declined', 'counter_offered'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Who would decide what. */
export type DecisionRequest = Eyes & Holding;

/** Why somebody may not decide. */
export type DecisionRefusal = ReviewRefusal | HoldingRefusal;

/**
 * Whether somebody may decide an application now; undefined where they may. Whoever stands too near to it may not (four
 * eyes), and only the holder of the lease does, by the taking that their page shows.
 */
export function refusesDecision(request: DecisionRequest): DecisionRefusal | undefined {
	return refusesReview(request) ?? refusesHolding(request);
}

/** What an agent fills in; `words` are read by the cardholder. */
export interface DecisionForm {
	readonly outcome: Outcome;
	/** Why it is declined: the code of one of the bank's templates. */
	readonly reason: string | null;
	/** To an approval or an offer the whole letter; to a decline the agent's own words in it. */
	readonly words: string;
}

/** The longest that words for the cardholder can be, in characters. */
export const LONGEST_WORDS = 1_000;

/** Why a decision as filled in cannot be made. */
export type DecisionProblem = 'reason_needed' | 'reason_unknown' | 'words_needed' | 'words_too_long';

/**
 * What is wrong with a decision as filled in; undefined where nothing. Who declines must say why (domain.md, "Hardship"), by a reason
 * that the bank gives, and in their own words where it has no letter for it.
 */
export function decisionProblem(
	{ outcome, reason, words }: DecisionForm,
	reasons: readonly DeclineTemplate[],
): DecisionProblem | undefined {
	// A browser counts a line's end as one character and sends two.
	if (plainText(words).length > LONGEST_WORDS) return 'words_too_long';
	if (outcome !== 'declined') return undefined;
	if (reason === null) return 'reason_needed';
	const template = givenReason(reasons, reason);
	if (!template) return 'reason_unknown';
	return !template.letter && plainText(words) === '' ? 'words_needed' : undefined;
}

/** The template of a reason that can be given now; undefined for one that cannot. */
export function givenReason(reasons: readonly DeclineTemplate[], code: string | null): DeclineTemplate | undefined {
	return reasons.find((reason) => reason.code === code && reason.isRetired !== true);
}
