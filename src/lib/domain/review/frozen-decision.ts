import { historyJson, timelineJson } from '#lib/domain/account/history-json.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import type { OwedJson } from '#lib/domain/account/owed-json.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import type { Day } from '#lib/domain/day.ts';
import type { QuoteTerms } from '#lib/domain/plan/quote-terms.ts';

/** The format of frozen inputs from which figures can be worked out again; those before it held too little. */
export const REPLAYABLE = 'decision-2';

/** All that an account's figures come from, as JSON that the parsers of files read. */
export type FrozenAccount = ReturnType<typeof freezeAccount>;

/** A plan with its terms and what they came from. */
export interface FrozenPlan {
	readonly terms: QuoteTerms;
	/** SHA-256, in hex, of the terms' canonical text. */
	readonly termsHash: string;
	/**
	 * The product's terms, and how many of the account's first postings were known; null where the terms no longer followed from
	 * the account (a statement was mended since the quote): then the schedule alone can be worked out again.
	 */
	readonly from: { readonly product: unknown; readonly postings: number } | null;
}

/** What of a decision's frozen inputs bears its figures. */
export interface FrozenDecision {
	readonly asOf: Day;
	readonly currency: string;
	/** Null while the account was being checked. */
	readonly owed: OwedJson | null;
	readonly account: FrozenAccount | null;
	/** SHA-256, in hex, of the account's canonical text. */
	readonly accountHash: string | null;
	readonly quote: FrozenPlan | null;
	readonly offer: FrozenPlan | null;
}

/** A history with its policy's versions, as a decision keeps them. */
export function freezeAccount(history: AccountHistory, timeline: PolicyTimeline) {
	return { ...historyJson(history), policies: timelineJson(timeline, history.currency) };
}
