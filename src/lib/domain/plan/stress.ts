import { cureUntil, lapseBalance } from '#lib/domain/agreement/lapse.ts';
import { addDays, type Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { type Fit, fitOf } from '#lib/domain/plan/affordability.ts';
import type { PlanFigures } from '#lib/domain/plan/plan-figures.ts';
import { parseRate, type Rate, shareOf } from '#lib/domain/rate.ts';

/** What is left of an income that falls by a fifth. */
export const INCOME_AFTER_FALL: Rate = { numerator: 4, denominator: 5 };

/** A budget after its income fell: what is left of it a month, and how a plan sits in that. */
export interface StressedFit {
	readonly surplus: Minor;
	readonly fit: Fit;
}

/** The same judgement as `fitOf`, were the income to fall; undefined where the budget says too little to tell. */
export function fitAfterFall(
	highestInstalment: Minor,
	budget: { readonly income: Minor; readonly outgoings: Minor; readonly surplus: Minor | null },
	left: Rate = INCOME_AFTER_FALL,
): StressedFit | undefined {
	if (budget.surplus === null) return undefined;
	const surplus = shareOf(budget.income, left) - budget.outgoings;
	return { surplus, fit: fitOf(highestInstalment, surplus) };
}

/** Which instalment is thought to be missed; of a plan with fewer, its last. */
export const MISSED_NUMBER = 3;

/** What an instalment that is missed would lead to, by the plan's own figures. */
export interface Missed {
	readonly number: number;
	readonly dueDate: Day;
	readonly amount: Minor;
	/** The last day on which it can be made good. */
	readonly cureUntil: Day;
	/** What falls due in one sum once the plan has lapsed, the day after; all of it, what returns included. */
	readonly balanceDue: Minor;
	/** The waivers within it that return: those that hold only on completion. */
	readonly returning: Minor;
}

/**
 * What the agreement does where an instalment is missed and every one before it was paid on its day (domain.md, "Agreement
 * contents"), by the same rules as a signed plan's.
 */
export function ifMissed(plan: PlanFigures, number: number = MISSED_NUMBER): Missed {
	const index = Math.min(number, plan.rows.length) - 1;
	const row = plan.rows[index];
	const periodicRate = parseRate(plan.periodicRate);
	if (!row || !periodicRate) throw new RangeError('a plan without instalments or a rate');
	const instalments = plan.rows.map(({ dueDate, ...rest }) => ({ ...rest, dueOn: dueDate, accrued: 0 }));
	const kept = { ...plan, signedOn: plan.asOf, periodicRate, instalments };
	const paid = plan.rows.slice(0, index).map(({ dueDate, total }) => ({ postedOn: dueDate, amount: total }));
	const until = cureUntil(plan, row.dueDate);
	const lapsed = lapseBalance(kept, paid, addDays(until, 1));
	return {
		number: row.number,
		dueDate: row.dueDate,
		amount: row.total,
		cureUntil: until,
		balanceDue: lapsed.total,
		returning: lapsed.lateFeesReturned + lapsed.interestReturned,
	};
}
