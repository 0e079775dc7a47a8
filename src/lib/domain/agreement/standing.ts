import { type Instalment, type KeptPlan, type Payment, paymentsUntil } from '#lib/domain/agreement/kept-plan.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** How an instalment stands: `next` is the first that is unpaid and still to come, `part_paid` one to come of which some was paid. */
export type InstalmentState = 'paid' | 'missed' | 'due_today' | 'part_paid' | 'next' | 'later';

/** An instalment with what was paid of it; `settledOn` is the posting day of the payment that settled it. */
export interface InstalmentStanding extends Instalment {
	readonly paid: Minor;
	readonly left: Minor;
	readonly settledOn: Day | undefined;
	readonly state: InstalmentState;
}

/** Where a plan stands on a day, in minor units. */
export interface Standing {
	readonly asOf: Day;
	readonly instalments: readonly InstalmentStanding[];
	/** Paid towards instalments; with `overPaid` all that was paid. */
	readonly totalPaid: Minor;
	readonly totalLeft: Minor;
	/** The first that is unpaid and due today or later. */
	readonly next: InstalmentStanding | undefined;
	/** The oldest that is unpaid and past its day, and what is left of all of those. */
	readonly missed: InstalmentStanding | undefined;
	readonly missedLeft: Minor;
	/** Paid already towards instalments whose day is still to come. */
	readonly paidAhead: Minor;
	/** What was paid beyond the whole plan. */
	readonly overPaid: Minor;
}

/**
 * Where a plan stands as of a day. Payments go to the instalments in order of due date, whatever their size; one posted on
 * the due date is in time. The order of payments within a day changes nothing.
 */
export function standing(
	plan: Pick<KeptPlan, 'signedOn' | 'instalments'>,
	payments: readonly Payment[],
	asOf: Day,
): Standing {
	const counted = paymentsUntil(plan, payments, asOf);
	const paidInAll = counted.reduce((sum, { amount }) => sum + amount, 0);
	const reached = whenReached(counted);
	let before = 0;
	let next: InstalmentStanding | undefined;
	const instalments = plan.instalments.map((instalment): InstalmentStanding => {
		const paid = Math.min(instalment.total, Math.max(0, paidInAll - before));
		before += instalment.total;
		const left = instalment.total - paid;
		const isNext = next === undefined && left > 0 && instalment.dueOn >= asOf;
		const of = {
			...instalment,
			paid,
			left,
			// An instalment of nothing needs no payment, and so cannot be late.
			settledOn: left === 0 && instalment.total > 0 ? reached(before) : undefined,
			state: stateOf(instalment.dueOn, { paid, left, asOf, isNext }),
		};
		if (isNext) next = of;
		return of;
	});
	const missed = instalments.filter(({ state }) => state === 'missed');
	const total = (amounts: readonly Minor[]) => amounts.reduce((sum, amount) => sum + amount, 0);
	const totalPaid = total(instalments.map(({ paid }) => paid));
	return {
		asOf,
		instalments,
		totalPaid,
		totalLeft: total(instalments.map(({ left }) => left)),
		next,
		missed: missed[0],
		missedLeft: total(missed.map(({ left }) => left)),
		paidAhead: total(instalments.filter(({ dueOn }) => dueOn > asOf).map(({ paid }) => paid)),
		overPaid: paidInAll - totalPaid,
	};
}

function stateOf(
	dueOn: Day,
	{ paid, left, asOf, isNext }: { paid: Minor; left: Minor; asOf: Day; isNext: boolean },
): InstalmentState {
	if (left === 0) return 'paid';
	if (dueOn < asOf) return 'missed';
	if (dueOn === asOf) return 'due_today';
	if (paid > 0) return 'part_paid';
	return isNext ? 'next' : 'later';
}

/** The day on which the payments together first came to a sum; undefined for nothing, which needs no payment. */
function whenReached(payments: readonly Payment[]): (sum: Minor) => Day | undefined {
	const sums = payments.map(() => 0);
	let total = 0;
	payments.forEach(({ amount }, index) => {
		total += amount;
		sums[index] = total;
	});
	return (sum) => (sum === 0 ? undefined : payments[sums.findIndex((reached) => reached >= sum)]?.postedOn);
}
