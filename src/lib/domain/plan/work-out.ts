import { annualRates } from '#lib/domain/plan/annual-rate.ts';
import type { AnnualRates } from '#lib/domain/plan/annual-rate.ts';
import { schedule, TooLargeError } from '#lib/domain/plan/schedule.ts';
import type { PlanTerms, Schedule } from '#lib/domain/plan/schedule.ts';

/**
 * A plan's schedule and annual rates together; undefined where a figure passes what can be counted exactly, which only
 * absurd terms reach.
 */
export function workOut(terms: PlanTerms): { readonly plan: Schedule; readonly rates: AnnualRates } | undefined {
	let plan: Schedule;
	try {
		plan = schedule(terms);
	} catch (error) {
		if (error instanceof TooLargeError) return undefined;
		throw error;
	}
	const payments = plan.rows.map((row) => row.total);
	const rates = annualRates(terms.principal, payments, terms.deferralMonths);
	return rates && { plan, rates };
}
