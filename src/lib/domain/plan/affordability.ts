import type { Minor } from '#lib/domain/money.ts';
import { schedule } from '#lib/domain/plan/schedule.ts';
import type { PlanTerms } from '#lib/domain/plan/schedule.ts';
import { shareOf } from '#lib/domain/rate.ts';
import type { Rate } from '#lib/domain/rate.ts';

/** The term that fits, or the least that any offered term asks in its dearest month. */
export type FittingTerm =
	| { readonly ok: true; readonly instalments: number; readonly highestInstalment: Minor }
	| { readonly ok: false; readonly refusal: 'no_term_fits'; readonly leastMonthly: Minor };

/**
 * "I can pay X a month": the shortest offered number of instalments none of which is above X. The dearest month decides,
 * for a plan that is kept in every month but one is not kept. At least one number must be offered.
 */
export function termThatFits(
	terms: Omit<PlanTerms, 'instalments'>,
	offered: readonly number[],
	mostMonthly: Minor,
): FittingTerm {
	let leastMonthly = Infinity;
	for (const instalments of [...offered].sort((a, b) => a - b)) {
		const highest = Math.max(...schedule({ ...terms, instalments }).rows.map((row) => row.total));
		if (highest <= mostMonthly) return { ok: true, instalments, highestInstalment: highest };
		leastMonthly = Math.min(leastMonthly, highest);
	}
	if (leastMonthly === Infinity) throw new RangeError('no number of instalments is offered');
	return { ok: false, refusal: 'no_term_fits', leastMonthly };
}

/** How an instalment sits in a budget; `unknown` where there is no budget to hold it against. */
export type Fit = 'fits' | 'tight' | 'too_much' | 'unknown';

/** An instalment may take up to this part of the surplus and still leave room for a surprise. */
export const COMFORTABLE_SHARE: Rate = { numerator: 4, denominator: 5 };

/** Judges a plan's highest instalment against the monthly surplus; a surplus below nought fits nothing. */
export function fitOf(highestInstalment: Minor, surplus: Minor | null, comfortable: Rate = COMFORTABLE_SHARE): Fit {
	if (surplus === null) return 'unknown';
	if (surplus < 0 || highestInstalment > surplus) return 'too_much';
	return highestInstalment <= shareOf(surplus, comfortable) ? 'fits' : 'tight';
}
