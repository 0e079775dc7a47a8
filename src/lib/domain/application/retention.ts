import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import { isOpen, type Status } from '#lib/domain/application/status.ts';
import { addDays, type Day } from '#lib/domain/day.ts';

/** What a page of evidence is kept for. */
export const PURPOSES = ['reason', 'income', 'other'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** How an application ended, as far as it matters to what is kept; `expired_draft` is one that was never sent. */
export const OUTCOMES = ['approved', 'declined', 'withdrawn', 'expired_draft'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** For how many days from the day that counts a page is kept, by what it is for and how its application ended. */
export type RetentionDays = Readonly<Record<Purpose, Readonly<Record<Outcome, number>>>>;

/** The day from which the days are counted, and how it ended. */
export interface Ending {
	readonly outcome: Outcome;
	readonly on: Day;
}

/** The kinds that show something else than a reason; which reason a kind shows may change, what it is kept for does not. */
const NO_REASON: Readonly<Partial<Record<EvidenceKind, Purpose>>> = {
	bank_statement: 'income',
	payslip: 'income',
	tax_record: 'income',
	other_document: 'other',
};

/** What a kind of evidence is kept for: the income it shows, the reason it shows, or whatever a document of no known kind holds. */
export function purposeOf(kind: EvidenceKind): Purpose {
	return NO_REASON[kind] ?? 'reason';
}

/** What is known of an application, and of the agreement that it became where it became one. */
export interface Course {
	readonly status: Status;
	readonly wasSubmitted: boolean;
	/** Of the decision, or of the withdrawal. */
	readonly endedOn: Day | null;
	/** `endedOn` is null as long as it waits to be signed or is being kept. */
	readonly agreement: { readonly endedOn: Day | null } | null;
}

/**
 * When an application was over: what was approved with the end of its agreement (kept to its end, lapsed, refused or never
 * signed), everything else with its decision or withdrawal. Null while the application or its agreement lives.
 */
export function endingOf({ status, wasSubmitted, endedOn, agreement }: Course): Ending | null {
	if (isOpen(status) || endedOn === null) return null;
	if (status === 'approved') {
		const on = agreement ? agreement.endedOn : endedOn;
		return on === null ? null : { outcome: 'approved', on };
	}
	if (status === 'declined') return { outcome: 'declined', on: endedOn };
	return { outcome: wasSubmitted ? 'withdrawn' : 'expired_draft', on: endedOn };
}

/** The last day on which a page is kept; null while nobody can tell, because the application or its agreement lives. */
export function keptTo(purpose: Purpose, ending: Ending | null, days: RetentionDays): Day | null {
	return ending && addDays(ending.on, days[purpose][ending.outcome]);
}

/** Whether a page's time is over: the day after the last on which it is kept. */
export function isOver(lastDay: Day | null, today: Day): boolean {
	return lastDay !== null && lastDay < today;
}

/** Fewest days for which anything is kept after an outcome: what ended later need not be looked at. */
export function fewestDays(outcome: Outcome, days: RetentionDays): number {
	return Math.min(...PURPOSES.map((purpose) => days[purpose][outcome]));
}

/**
 * Until when a page is kept, as it can be told today: to a day; as long as the agreement and so many days after it; while it is under
 * review and then by how that ends; or, in a draft, with the draft.
 */
export type KeptUntil =
	| { readonly by: 'day'; readonly lastDay: Day }
	| { readonly by: 'agreement'; readonly days: number }
	| { readonly by: 'review'; readonly days: Readonly<Record<Outcome, number>> }
	| { readonly by: 'draft'; readonly days: number };

export function keptUntilOf(purpose: Purpose, course: Course, days: RetentionDays): KeptUntil {
	const lastDay = keptTo(purpose, endingOf(course), days);
	if (lastDay !== null) return { by: 'day', lastDay };
	if (course.status === 'draft') return { by: 'draft', days: days[purpose].expired_draft };
	return course.status === 'approved'
		? { by: 'agreement', days: days[purpose].approved }
		: { by: 'review', days: days[purpose] };
}
