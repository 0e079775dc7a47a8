import { plainText } from '#lib/domain/plain-text.ts';
import { type Eyes, refusesReview, type ReviewRefusal } from '#lib/domain/review/eyes.ts';
import { type Holding, type HoldingRefusal, refusesHolding } from '#lib/domain/review/holding.ts';

/** What an agent can decide; each is the status that the application then has. */
export const OUTCOMES = ['approved', 'declined', 'counter_offered'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why an application is declined; codes are stored and never change, words for the cardholder stand in messages. */
export const DECLINE_REASONS = [
	'evidence_not_readable',
	'evidence_does_not_show_it',
	'evidence_missing',
	'plan_not_affordable',
	'able_to_pay',
	'not_eligible',
	'earlier_agreement_broken',
	'debt_in_dispute',
	'other',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

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
	readonly reason: DeclineReason | null;
	readonly words: string;
}

/** The longest that words for the cardholder can be, in characters. */
export const LONGEST_WORDS = 1_000;

/** What is wrong with a decision as filled in; undefined where nothing. Who declines must say why (domain.md, "Hardship"). */
export function decisionProblem({
	outcome,
	reason,
	words,
}: DecisionForm): 'reason_needed' | 'words_needed' | 'words_too_long' | undefined {
	// A browser counts a line's end as one character and sends two.
	if (plainText(words).length > LONGEST_WORDS) return 'words_too_long';
	if (outcome !== 'declined') return undefined;
	if (reason === null) return 'reason_needed';
	return reason === 'other' && plainText(words) === '' ? 'words_needed' : undefined;
}
