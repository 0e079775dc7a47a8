import { earnedBy } from '#lib/domain/agreement/earned-interest.ts';
import { type KeptPlan, type Payment, paymentsUntil } from '#lib/domain/agreement/kept-plan.ts';
import { standing } from '#lib/domain/agreement/standing.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** What settles a plan for good on a day; `total` is the sum of the three parts above it. */
export interface Settlement {
	readonly asOf: Day;
	readonly principal: Minor;
	/** Interest that fell due and is unpaid. */
	readonly interestDue: Minor;
	/** Interest of the running month by days, half up, and what has accrued of a deferral's empty months. */
	readonly interestRunning: Minor;
	readonly total: Minor;
}

/**
 * The early settlement figure of a day: no charge is made for it. Instalments that came due keep what was paid of them, their
 * interest first; what was paid ahead lowers the principal, so that no interest of months to come is paid. Conditional waivers
 * become final with it.
 */
export function settlement(plan: KeptPlan, payments: readonly Payment[], asOf: Day): Settlement {
	const earned = earnedBy(plan, asOf);
	const { instalments, totalPaid, overPaid } = standing(plan, payments, asOf);
	const total = Math.max(0, earned.principal + earned.due + earned.running - totalPaid - overPaid);
	const interestUnpaid = instalments
		.filter(({ dueOn }) => dueOn <= asOf)
		.reduce((sum, { interest, accrued, paid }) => sum + Math.max(0, interest + accrued - paid), 0);
	const interestDue = Math.min(interestUnpaid, total);
	const interestRunning = Math.min(earned.running, total - interestDue);
	return { asOf, principal: total - interestDue - interestRunning, interestDue, interestRunning, total };
}

/** The first day on which what was paid came to that day's settlement figure: the plan is complete from then on. */
export function completedOn(plan: KeptPlan, payments: readonly Payment[], asOf: Day): Day | undefined {
	const days = new Set(paymentsUntil(plan, payments, asOf).map(({ postedOn }) => postedOn));
	return [...days].find((day) => settlement(plan, payments, day).total === 0);
}
