import type { KeptPlan } from '#lib/domain/agreement/kept-plan.ts';
import { addMonths, type Day, daysBetween } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { shareOf } from '#lib/domain/rate.ts';

/** What a plan has come to by a day if nothing had been paid: principal, interest that fell due, interest of what still runs. */
export interface Earned {
	/** The plan's principal with what has been capitalised. */
	readonly principal: Minor;
	readonly due: Minor;
	/** By days, rounded half up; with what accrued before the first instalment is due. */
	readonly running: Minor;
}

interface Month {
	readonly from: Day;
	readonly to: Day;
	readonly interest: Minor;
}

/**
 * What a plan has earned by a day. Months run from due date to due date, the first from the day of signing; a flat fee runs
 * by days as interest does.
 */
export function earnedBy(plan: KeptPlan, asOf: Day): Earned {
	const [first] = plan.instalments;
	if (!first) throw new RangeError('a plan without instalments');
	const empty = emptyMonths(plan);
	const added = plan.deferralInterest === 'added' ? sumOf(empty) : 0;
	const ends = [empty.at(-1)?.to ?? plan.signedOn, ...plan.instalments.map(({ dueOn }) => dueOn)];
	const months = plan.instalments.map(({ dueOn, interest }, index) => ({
		from: laterOf(ends[index] ?? plan.signedOn, plan.signedOn),
		to: dueOn,
		interest: index === 0 ? Math.max(0, interest - added) : interest,
	}));
	const isFirstDue = first.dueOn <= asOf;
	const inFirst = first.accrued + Math.min(added, first.interest);
	const running = (of: readonly Month[]) => of.reduce((sum, month) => sum + byDays(month, asOf), 0);
	const joined = plan.deferralInterest === 'capitalised' ? sumOf(empty.filter(({ to }) => to <= asOf)) : 0;
	const emptyRunning = plan.deferralInterest === 'capitalised' ? empty.filter(({ to }) => to > asOf) : empty;
	return {
		principal: plan.principal + joined,
		due: sumOf(months.filter(({ to }) => to <= asOf)) + (isFirstDue ? inFirst : 0),
		running:
			running(months.filter(({ to }) => to > asOf)) +
			(plan.deferralInterest !== 'added' || !isFirstDue ? running(emptyRunning) : 0) +
			(isFirstDue ? 0 : first.accrued),
	};
}

/** The months before the first instalment's own, with the interest that each adds or capitalises. */
function emptyMonths({ signedOn, principal, periodicRate, ...plan }: KeptPlan): Month[] {
	const months: Month[] = [];
	let balance = principal;
	for (let month = 0; month < plan.deferralMonths; month++) {
		const interest = plan.deferralInterest === 'waived' ? 0 : shareOf(balance, periodicRate);
		if (plan.deferralInterest === 'capitalised') balance += interest;
		months.push({
			from: laterOf(months.at(-1)?.to ?? signedOn, signedOn),
			to: addMonths(plan.firstDueDate, month),
			interest,
		});
	}
	return months;
}

function laterOf(a: Day, b: Day): Day {
	return a > b ? a : b;
}

function byDays({ from, to, interest }: Month, asOf: Day): Minor {
	const length = daysBetween(from, to);
	// Signed on the due date or after it: nothing runs before it is due.
	if (length <= 0) return to <= asOf ? interest : 0;
	const days = Math.min(length, Math.max(0, daysBetween(from, asOf)));
	return shareOf(interest, { numerator: days, denominator: length });
}

function sumOf(months: readonly Month[]): Minor {
	return months.reduce((sum, { interest }) => sum + interest, 0);
}
