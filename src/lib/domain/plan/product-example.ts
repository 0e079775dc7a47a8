import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { type AnnualRates } from '#lib/domain/plan/annual-rate.ts';
import { ordinaryFirstDueDate } from '#lib/domain/plan/first-due-date.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import type { PlanChoice } from '#lib/domain/plan/quote.ts';
import type { Schedule } from '#lib/domain/plan/schedule.ts';
import { workOut } from '#lib/domain/plan/work-out.ts';

/** A product worked out on a round amount, to be seen rather than quoted: nothing is waived of it. */
export interface ProductExample {
	readonly choice: PlanChoice;
	readonly schedule: Schedule;
	readonly annualRates: AnnualRates;
}

/** The term that most people take: the offered one nearest to a year, the shorter of two. */
const USUAL_INSTALMENTS = 12;
const USUAL_DEFERRAL = 3;

/** The number wanted where it is offered, else the offered one nearest to it; 0 where none is offered. */
export function nearestOffered(offered: readonly number[], wanted: number): number {
	return offered.reduce(
		(best, number) =>
			Math.abs(number - wanted) < Math.abs(best - wanted) ||
			(Math.abs(number - wanted) === Math.abs(best - wanted) && number < best)
				? number
				: best,
		offered[0] ?? 0,
	);
}

/** A product on an amount above nought, from a day on; undefined where the amount is beyond counting exactly. */
export function productExample(
	product: Product,
	{ amount, today, wanted = {} }: { amount: Minor; today: Day; wanted?: Partial<PlanChoice> },
): ProductExample | undefined {
	const instalments = nearestOffered(product.instalments, wanted.instalments ?? USUAL_INSTALMENTS);
	const deferralMonths = nearestOffered(product.deferralMonths, wanted.deferralMonths ?? USUAL_DEFERRAL);
	const worked = workOut({
		method: product.method,
		principal: amount,
		instalments,
		periodicRate: product.periodicRate,
		firstDueDate: ordinaryFirstDueDate(today, undefined),
		deferralMonths,
		deferralInterest: deferralMonths > 0 ? product.deferralInterest : null,
	});
	return worked && { choice: { instalments, deferralMonths }, schedule: worked.plan, annualRates: worked.rates };
}
