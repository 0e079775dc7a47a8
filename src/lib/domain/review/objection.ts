import type { Status } from '#lib/domain/application/status.ts';
import { addDays, type Day } from '#lib/domain/day.ts';

/** The longest that the words of an objection can be, in characters; the database holds to it too. */
export const LONGEST_OBJECTION = 2_000;

/** How a bank takes objections. */
export interface ObjectionRules {
	/** For how many days after the decision one can be made. */
	readonly withinDays: number;
	/** Within how many working days it is answered. */
	readonly answerWorkingDays: number;
}

/** How an objection ended: the decline stands, something else was decided, or the cardholder took the application back. */
export type ObjectionOutcome = 'upheld' | 'changed' | 'withdrawn';

/** What the rules ask about a decision before it can be objected to. */
export interface Objectable {
	readonly status: Status;
	readonly decidedOn: Day | null;
	/** Whether there was an objection already: what a second colleague decides is final. */
	readonly hasObjected: boolean;
	/** Whether another application stands in its place since. */
	readonly isFollowed: boolean;
}

export type ObjectionRefusal = 'not_declined' | 'already_objected' | 'followed' | 'too_late';

/** The last day on which a decision can be objected to. */
export function objectionUntil(decidedOn: Day, { withinDays }: Pick<ObjectionRules, 'withinDays'>): Day {
	return addDays(decidedOn, withinDays);
}

/** Why a decision cannot be objected to today; undefined where it can. */
export function refusesObjection(
	{ status, decidedOn, hasObjected, isFollowed }: Objectable,
	{ today, rules }: { today: Day; rules: Pick<ObjectionRules, 'withinDays'> },
): ObjectionRefusal | undefined {
	if (hasObjected) return 'already_objected';
	if (status !== 'declined' || decidedOn === null) return 'not_declined';
	if (isFollowed) return 'followed';
	return today > objectionUntil(decidedOn, rules) ? 'too_late' : undefined;
}

/** What is wrong with an objection's words; undefined where nothing. */
export function objectionProblem(words: string): 'words_missing' | 'words_long' | undefined {
	if (words === '') return 'words_missing';
	return words.length > LONGEST_OBJECTION ? 'words_long' : undefined;
}

/** What a decision after an objection makes of it; an offer is a change, whatever becomes of it. */
export function objectionOutcome(decided: 'approved' | 'declined' | 'counter_offered'): ObjectionOutcome {
	return decided === 'declined' ? 'upheld' : 'changed';
}
