import type { DayChange, InterestStep, PostedStep, Step } from '#lib/domain/account/explanation-step.ts';
import { addDays } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** A calendar month of the account; `movements` and `steps` both sum to `change`. */
export interface ExplainedMonth {
	/** `YYYY-MM`. */
	readonly month: string;
	readonly change: Minor;
	/** The total outstanding at the end of the month, or of the last day told. */
	readonly total: Minor;
	readonly movements: Movements;
	/** The newest first; days with the same interest one after the other are one step, many purchases one too. */
	readonly steps: readonly Step[];
}

/** What moved the total outstanding, by kind; credits and waivers are below nought. */
export interface Movements {
	readonly spent: Minor;
	readonly interest: Minor;
	readonly fees: Minor;
	readonly paid: Minor;
	readonly waived: Minor;
}

/** From this many purchases on, a month tells them as one step. */
const PURCHASES_TOGETHER = 4;

/** The days' months, the oldest first. */
export function monthsOf(days: readonly DayChange[]): ExplainedMonth[] {
	const byMonth = new Map<string, DayChange[]>();
	for (const day of days) {
		const month = day.on.slice(0, 7);
		const known = byMonth.get(month);
		if (known) known.push(day);
		else byMonth.set(month, [day]);
	}
	return [...byMonth].map(([month, itsDays]) => ({
		month,
		change: itsDays.reduce((sum, { change }) => sum + change, 0),
		total: itsDays.at(-1)?.total ?? 0,
		movements: movementsOf(itsDays),
		steps: newestFirst(together(itsDays.flatMap(({ steps }) => steps))),
	}));
}

/** The days' steps summed by kind. */
export function movementsOf(days: readonly DayChange[]): Movements {
	const sums = { spent: 0, interest: 0, fees: 0, paid: 0, waived: 0 };
	for (const step of days.flatMap(({ steps }) => steps)) {
		if (step.code === 'posted') sums[MOVED_BY[step.kind]] += step.amount;
		else if (step.code === 'late_payment_fee') sums.fees += step.amount;
		else if (step.code === 'billed') {
			sums.interest += step.interest.posted - step.interest.counted;
			sums.fees += step.lateFees.posted - step.lateFees.counted;
		} else sums.interest += step.amount;
	}
	return sums;
}

const MOVED_BY = {
	purchase: 'spent',
	cash_advance: 'spent',
	fee: 'fees',
	payment: 'paid',
	refund: 'paid',
	waiver_interest: 'waived',
	waiver_fee: 'waived',
} as const satisfies Record<PostedStep['kind'], keyof Movements>;

/** By the last day of each; within a day, what came last before what led to it. */
function newestFirst(steps: readonly Step[]): Step[] {
	return [...steps].reverse().sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
}

/** The steps of a month with like ones as one. */
function together(steps: readonly Step[]): Step[] {
	const told: Step[] = [];
	const purchases = steps.filter((step) => step.code === 'posted' && step.kind === 'purchase') as PostedStep[];
	const asOne = purchases.length >= PURCHASES_TOGETHER;
	let interest = -1;
	for (const step of steps) {
		if (asOne && step.code === 'posted' && step.kind === 'purchase') continue;
		const open = told[interest];
		if (step.code === 'interest' && open?.code === 'interest' && goesOn(open, step)) {
			const { on, days, amount } = step;
			told[interest] = { ...open, on, days: open.days + days, amount: open.amount + amount };
			continue;
		}
		told.push(step);
		if (step.code === 'interest') interest = told.length - 1;
	}
	return asOne ? [...told, allOf(purchases)] : told;
}

function goesOn(open: InterestStep, next: InterestStep): boolean {
	return (
		addDays(open.on, 1) === next.on &&
		open.balance === next.balance &&
		open.rate === next.rate &&
		open.policyEffectiveOn === next.policyEffectiveOn
	);
}

function allOf(purchases: readonly PostedStep[]): PostedStep {
	const days: Day[] = purchases.map(({ on }) => on).sort();
	const amount = purchases.reduce((sum, step) => sum + step.amount, 0);
	return {
		code: 'posted',
		kind: 'purchase',
		firstOn: days[0] ?? '',
		on: days.at(-1) ?? '',
		count: purchases.length,
		settled: undefined,
		amount,
	};
}
