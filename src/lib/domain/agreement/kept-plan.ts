import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { DeferralInterest } from '#lib/domain/plan/schedule.ts';
import type { Waived } from '#lib/domain/plan/waiver.ts';
import type { Rate } from '#lib/domain/rate.ts';

/** One instalment as it was signed; `total` is principal, interest and what accrued between quote and signing. */
export interface Instalment {
	readonly number: number;
	readonly dueOn: Day;
	readonly principal: Minor;
	readonly interest: Minor;
	readonly accrued: Minor;
	readonly total: Minor;
}

/** What the core posted as paid; it counts by its posting day. */
export interface Payment {
	readonly postedOn: Day;
	readonly amount: Minor;
}

/** A signed plan, as far as keeping it needs it; its currency stands on the quote. */
export interface KeptPlan {
	/** The day of signing in the bank's zone, from which payments count. */
	readonly signedOn: Day;
	/** What was restructured; a capitalised deferral makes the instalments' principal more than this. */
	readonly principal: Minor;
	readonly periodicRate: Rate;
	/** The ordinary first due date, before any deferral: the first month ends there. */
	readonly firstDueDate: Day;
	readonly deferralMonths: number;
	readonly deferralInterest: DeferralInterest | null;
	/** In order of their due dates; at least one. */
	readonly instalments: readonly Instalment[];
	readonly waived: Waived;
	/** So many days after its due date a missed instalment can still be made good. */
	readonly cureDays: number;
}

/** The payments that count towards a plan on a day: those posted from the day of signing on, by posting day. */
export function paymentsUntil(
	{ signedOn }: Pick<KeptPlan, 'signedOn'>,
	payments: readonly Payment[],
	asOf: Day,
): Payment[] {
	return payments
		.filter(({ postedOn }) => postedOn >= signedOn && postedOn <= asOf)
		.sort((a, b) => (a.postedOn < b.postedOn ? -1 : a.postedOn > b.postedOn ? 1 : 0));
}
