import { addDays, type Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { type Fit, fitOf } from '#lib/domain/plan/affordability.ts';
import type { PlanFigures } from '#lib/domain/plan/plan-figures.ts';
import { type Rate, shareOf } from '#lib/domain/rate.ts';

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
	/** What falls due at once where it is not: the principal still to repay and the interest of the missed instalment. */
	readonly balanceDue: Minor;
	/** The waivers that return then: those that hold only on completion. */
	readonly returning: Minor;
}

/** What the agreement does where an instalment is missed and every one before it was paid (domain.md, "Agreement contents"). */
export function ifMissed(plan: PlanFigures, number: number = MISSED_NUMBER): Missed {
	const row = plan.rows[Math.min(number, plan.rows.length) - 1];
	if (!row) throw new RangeError('a plan without instalments');
	const { lateFees, interest, at } = plan.waived;
	return {
		number: row.number,
		dueDate: row.dueDate,
		amount: row.total,
		cureUntil: addDays(row.dueDate, plan.cureDays),
		balanceDue: row.balanceAfter + row.total,
		returning: at === 'completion' ? lateFees + interest : 0,
	};
}
