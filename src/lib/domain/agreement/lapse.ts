import type { KeptPlan, Payment } from '#lib/domain/agreement/kept-plan.ts';
import { settlement } from '#lib/domain/agreement/settlement.ts';
import { addDays, type Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** What is due once a plan has lapsed, line by line; `total` is the sum of the lines. */
export interface LapseBalance {
	readonly on: Day;
	readonly principal: Minor;
	readonly interestDue: Minor;
	readonly interestRunning: Minor;
	/** Late payment fees and interest that had been waived on completion only; nought where the waiver held from signing. */
	readonly lateFeesReturned: Minor;
	readonly interestReturned: Minor;
	readonly total: Minor;
}

/** The last day on which a missed instalment can be made good. */
export function cureUntil(plan: Pick<KeptPlan, 'cureDays'>, dueOn: Day): Day {
	return addDays(dueOn, plan.cureDays);
}

/**
 * The balance due when a plan lapses on a day (domain.md, "Agreement contents"): what was paid keeps its allocation, and
 * waivers that were conditional on completion return, each as a line of its own.
 */
export function lapseBalance(plan: KeptPlan, payments: readonly Payment[], on: Day): LapseBalance {
	const { principal, interestDue, interestRunning, total } = settlement(plan, payments, on);
	const isConditional = plan.waived.at === 'completion';
	const lateFeesReturned = isConditional ? plan.waived.lateFees : 0;
	const interestReturned = isConditional ? plan.waived.interest : 0;
	return {
		on,
		principal,
		interestDue,
		interestRunning,
		lateFeesReturned,
		interestReturned,
		total: total + lateFeesReturned + interestReturned,
	};
}
