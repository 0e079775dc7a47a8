import { type Course, endingOf, type Outcome } from '#lib/domain/application/retention.ts';
import { addDays, type Day } from '#lib/domain/day.ts';

/**
 * What people write in their own words about an application: the cardholder's situation; what was asked on top, and answered; their
 * answer to an offer; their objection; what staff wrote to them with a decision; and what staff wrote for each other. Codes are
 * stored and never change. Words on a page of evidence go with the page.
 */
export const WORD_KINDS = ['situation', 'asked', 'offer_answer', 'objection', 'decision', 'note'] as const;
export type WordKind = (typeof WORD_KINDS)[number];

/** For how many days from the day on which all was over words are kept, by kind and by how the application ended. */
export type WordDays = Readonly<Record<WordKind, Readonly<Record<Outcome, number>>>>;

/** What is known of an application, as far as it matters to its words. */
export interface WordCourse extends Course {
	/** The last day on which its decision can be objected to; null where nobody can, or somebody has. */
	readonly objectionTo: Day | null;
	readonly isObjectionOpen: boolean;
	/** Whether a hold stands on its account: the person disputes what is owed, or is to be left alone. */
	readonly isHeld: boolean;
	/** The day on which the last hold of its account ended. */
	readonly heldTo: Day | null;
}

/**
 * The last day on which words are kept: so many days after all was over, and never before the last day to object and the day on which
 * a hold ended. Null while nobody can tell, because the application, its agreement, an objection or a hold lives.
 */
export function wordsKeptTo(kind: WordKind, course: WordCourse, days: WordDays): Day | null {
	const ending = endingOf(course);
	if (!ending || course.isObjectionOpen || course.isHeld) return null;
	const byRule = addDays(ending.on, days[kind][ending.outcome]);
	return [byRule, course.objectionTo, course.heldTo].reduce<Day>(
		(latest, day) => (day !== null && day > latest ? day : latest),
		byRule,
	);
}
