import type { Reason } from '#lib/domain/application/reason.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { Outcome } from '#lib/domain/review/decision.ts';

/** The facts by which cases are alike; the amount is what was owed in all, in minor units. */
export interface LikeFacts {
	readonly reason: Reason;
	readonly currency: string;
	readonly owedTotal: Minor;
	readonly daysPastDue: number;
}

/** A range of whole numbers, from `from` up to `below`; null where it has no end. */
export interface Band {
	readonly from: number;
	readonly below: number | null;
}

/** Which cases count as like one: the same reason and currency, the same band of amount and of days past due. */
export interface LikeBands {
	readonly reason: Reason;
	readonly currency: string;
	/** In minor units. */
	readonly amount: Band;
	readonly days: Band;
}

/** Steps of 1, 2 and 5 in each power of ten, in whole units: like cases stay alike whatever the size of the debt. */
const STEPS = [1, 2, 5];

/** The buckets of delinquency, in days past due: none, 1 to 30, and so on to 181 and more. [domain: bucket] */
const DAYS = [0, 1, 31, 61, 91, 121, 151, 181];

/** For how many months back like cases are counted. */
export const LIKE_MONTHS = 12;

/** From how many on there is something to tell; fewer would point at single people and say nothing. */
export const FEWEST_LIKE = 5;

/** The bands that a case falls into; `digits` are those of its currency. */
export function likeBands({ reason, currency, owedTotal, daysPastDue }: LikeFacts, digits: number): LikeBands {
	const unit = 10 ** digits;
	return { reason, currency, amount: amountBand(owedTotal, unit), days: bandIn(DAYS, daysPastDue) };
}

function amountBand(owed: Minor, unit: number): Band {
	const least = 1_000 * unit;
	if (owed < least) return { from: 0, below: least };
	const steps: number[] = [];
	for (let power = least; steps.length === 0 || (steps.at(-1) ?? 0) <= owed; power *= 10) {
		steps.push(...STEPS.map((step) => step * power));
	}
	return bandIn(steps, owed);
}

function bandIn(starts: readonly number[], value: number): Band {
	const index = starts.findLastIndex((start) => start <= Math.max(value, starts[0] ?? 0));
	return { from: starts[index] ?? 0, below: starts[index + 1] ?? null };
}

/** So many like cases were decided one way, for one reason. */
export interface LikeCount {
	readonly outcome: Outcome;
	readonly declineReason: string | null;
	readonly count: number;
}

/** How like cases were decided, in counts alone: no recommendation and no score can be read from it. */
export interface LikeCases {
	readonly bands: LikeBands;
	/** Undefined where there are too few to tell. */
	readonly counts:
		| {
				readonly approved: number;
				readonly offered: number;
				readonly declined: number;
				/** Why they were declined, the most frequent first. */
				readonly reasons: readonly { readonly reason: string; readonly count: number }[];
		  }
		| undefined;
}

/** Sums what was counted. */
export function likeCases(bands: LikeBands, counted: readonly LikeCount[]): LikeCases {
	const sum = (some: readonly LikeCount[]) => some.reduce((total, { count }) => total + count, 0);
	if (sum(counted) < FEWEST_LIKE) return { bands, counts: undefined };
	const of = (outcome: Outcome) => counted.filter((each) => each.outcome === outcome);
	const reasons = of('declined')
		.flatMap(({ declineReason, count }) => (declineReason === null ? [] : [{ reason: declineReason, count }]))
		.sort((a, b) => b.count - a.count);
	const counts = {
		approved: sum(of('approved')),
		offered: sum(of('counter_offered')),
		declined: sum(of('declined')),
		reasons,
	};
	return { bands, counts };
}
