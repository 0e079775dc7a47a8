import type { Reason } from '#lib/domain/application/reason.ts';
import type { Day } from '#lib/domain/day.ts';
import type { QueueSpan } from '#lib/domain/overview/queue-length.ts';
import type { WaitedDays } from '#lib/domain/overview/waiting-age.ts';
import type { ProposalEnd } from '#lib/domain/review/approval.ts';
import type { Outcome } from '#lib/domain/review/decision.ts';
import type { Words } from '#lib/domain/words.ts';

/** For whom something waits, and what for. */
export const WAITING_FOR = [
	'agent',
	'in_hand',
	'second',
	'more_requested',
	'offer_answer',
	'signature',
	/** Put aside while a hold stands. */
	'aside',
] as const;
export type WaitingFor = (typeof WAITING_FOR)[number];

/** How many wait for the same; days are the bank's, null where none waits. */
export interface WaitingCount {
	readonly for: WaitingFor;
	readonly count: number;
	readonly oldest: Day | null;
	readonly due: Day | null;
}

/** What ended because its time was over. */
export const LAPSES = ['offer', 'signing', 'plan'] as const;
export type Lapse = (typeof LAPSES)[number];

/** How instalments that fell due in a month were paid; `open` is what the core's postings cannot tell yet. */
export interface KeptMonth {
	readonly month: string;
	readonly onTime: number;
	readonly late: number;
	readonly missed: number;
	readonly open: number;
}

/** What a supervisor's overview answers, each with its figures. Nobody of the staff is told apart in any of them. */
export interface Figures {
	/** Now: what waits for us, by working days waited; what is put aside does not. */
	readonly wait: { readonly promised: number; readonly ages: readonly WaitedDays[] };
	/** In the range: how long the queue was. */
	readonly queue: readonly QueueSpan[];
	/** In the range: what was taken and what was decided, by the hour of the day, all twenty-four. */
	readonly hours: readonly { readonly hour: number; readonly taken: number; readonly decided: number }[];
	/** In the range: decisions by the reason of hardship. */
	readonly outcomes: readonly { readonly reason: Reason | null; readonly counts: Readonly<Record<Outcome, number>> }[];
	/** In the range: why it was declined, the most frequent first. */
	readonly declines: readonly {
		/** By its code, with the bank's words for it; words are missing for what it never worded. */
		readonly reason: string | null;
		readonly words: Words | null;
		readonly count: number;
	}[];
	/** Now: who waits for whom, since when the oldest does, and by which day the first of them is due. */
	readonly waiting: readonly WaitingCount[];
	/** In the range: what ran out of time. */
	readonly lapsed: readonly { readonly what: Lapse; readonly count: number }[];
	/** In the range: what came of what the first of two decided. */
	readonly seconds: readonly { readonly end: ProposalEnd; readonly count: number }[];
	/** In the range: blind second looks that were taken, and how many of them came to the outcome of the first. */
	readonly looks: { readonly reviewed: number; readonly agreed: number };
	/** In the range: instalments by the month in which they fell due. */
	readonly plans: readonly KeptMonth[];
}

export type FigureName = keyof Figures;

/** Every figure, in the order in which they are read. */
export const FIGURES = [
	'wait',
	'queue',
	'hours',
	'waiting',
	'outcomes',
	'declines',
	'seconds',
	'looks',
	'lapsed',
	'plans',
] as const satisfies readonly FigureName[];

/** Whether a text that came in names a figure. */
export function isFigure(text: string): text is FigureName {
	return (FIGURES as readonly string[]).includes(text);
}
