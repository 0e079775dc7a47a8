import type { AgreementStatus } from '#lib/domain/agreement/agreement-status.ts';
import type { KeptPlan, Payment } from '#lib/domain/agreement/kept-plan.ts';
import { cureUntil } from '#lib/domain/agreement/lapse.ts';
import { completedOn } from '#lib/domain/agreement/settlement.ts';
import { type InstalmentStanding, standing } from '#lib/domain/agreement/standing.ts';
import { addDays, type Day } from '#lib/domain/day.ts';

/** The bank's rules for keeping plans: data, never constants. */
export interface KeepingRules {
	/** So many days before its day an instalment is announced. */
	readonly noticeDaysBefore: number;
	/** So many days after a day its payments have all come in from the core; nothing is called missed before. */
	readonly postingDays: number;
}

export type KeepingEvent = 'due_notice' | 'missed' | 'cured' | 'lapsed' | 'completed' | 'settled_early';

/** What is to be written of a plan; `to` only where its status changes. */
export interface KeepingMove {
	readonly event: KeepingEvent;
	readonly on: Day;
	readonly instalment: number | undefined;
	readonly to: AgreementStatus | undefined;
	/** Whether its holder is told: what was over before anybody could be told is written and not sent. */
	readonly tell: boolean;
}

/** How the plan stands in the books: its status, and what was written of it. */
export interface Written {
	readonly status: AgreementStatus;
	readonly events: readonly { readonly kind: string; readonly instalment: number | null }[];
}

interface Happening {
	readonly event: KeepingEvent;
	readonly on: Day;
	readonly instalment?: number;
}

/**
 * What is to be done about a plan on a day, in order; nothing where all of it is written. Days on which nobody looked end
 * as they would have day by day, since everything follows from the due dates and the days of posting.
 */
export function keepingMoves(
	written: Written,
	plan: KeptPlan,
	payments: readonly Payment[],
	{ today, rules }: { today: Day; rules: KeepingRules },
): KeepingMove[] {
	if (written.status !== 'active' && written.status !== 'missed') return [];
	const has = (kind: KeepingEvent, instalment?: number) =>
		written.events.some((event) => event.kind === kind && event.instalment === (instalment ?? null));
	const told = new Set(plan.instalments.map(({ number }) => number).filter((number) => has('missed', number)));
	const open = new Set([...told].filter((number) => !has('cured', number)));
	const course = courseOf(plan, payments, { today, rules, told });
	let status: AgreementStatus = written.status;
	const moves: KeepingMove[] = [];
	for (const { event, on, instalment } of course) {
		if (has(event, instalment)) continue;
		if (event === 'missed' && instalment !== undefined) open.add(instalment);
		if (event === 'cured' && instalment !== undefined) open.delete(instalment);
		const to = statusAfter(event, open.size);
		moves.push({ event, on, instalment, to: to === status ? undefined : to, tell: true });
		status = to ?? status;
	}
	const isOver = status === 'completed' || status === 'lapsed';
	return moves.map((move) => ({ ...move, tell: isWorthTelling(move, { isOver, open, told }) }));
}

function statusAfter(event: KeepingEvent, open: number): AgreementStatus | undefined {
	if (event === 'lapsed') return 'lapsed';
	if (event === 'completed' || event === 'settled_early') return 'completed';
	if (event === 'due_notice') return undefined;
	return open === 0 ? 'active' : 'missed';
}

/** A missed instalment is told while it is open; that it was made good, where its missing had been told. */
function isWorthTelling(
	{ event, instalment }: KeepingMove,
	{ isOver, open, told }: { isOver: boolean; open: ReadonlySet<number>; told: ReadonlySet<number> },
): boolean {
	if (event === 'missed') return !isOver && open.has(instalment ?? 0);
	if (event === 'cured') return !isOver && open.size === 0 && told.has(instalment ?? 0);
	return true;
}

/** All that has happened to the plan since signing, in order, up to its end where it has one. */
function courseOf(
	plan: KeptPlan,
	payments: readonly Payment[],
	{ today, rules, told }: { today: Day; rules: KeepingRules; told: ReadonlySet<number> },
): Happening[] {
	const { instalments } = standing(plan, payments, today);
	const allIn = addDays(today, -rules.postingDays);
	const lapsing = instalments.find((of) => {
		const until = cureUntil(plan, of.dueOn);
		return until <= allIn && (of.left > 0 || (of.settledOn ?? of.dueOn) > until);
	});
	const lapsedOn = lapsing && addDays(cureUntil(plan, lapsing.dueOn), 1);
	const completed = completedOn(plan, payments, today);
	const isCompleted = completed !== undefined && (lapsedOn === undefined || completed < lapsedOn);
	const end = isCompleted ? completed : lapsedOn;
	const course: Happening[] = [];
	for (const of of instalments) {
		const { number, dueOn, settledOn } = of;
		const wasMissed = dueOn <= allIn && (settledOn === undefined ? of.left > 0 : settledOn > dueOn);
		const isBeforeEnd = end === undefined || dueOn < end;
		if (wasMissed && isBeforeEnd) course.push({ event: 'missed', on: addDays(dueOn, 1), instalment: number });
		const isCured = settledOn !== undefined && (end === undefined || settledOn < end);
		if (isCured && (told.has(number) || (wasMissed && isBeforeEnd)))
			course.push({ event: 'cured', on: settledOn, instalment: number });
	}
	if (isCompleted) course.push({ event: endOf(plan, payments, completed), on: completed });
	else if (lapsing && lapsedOn) course.push({ event: 'lapsed', on: lapsedOn, instalment: lapsing.number });
	else course.push(...noticesOf(instalments, today, rules));
	return course.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : RANK[a.event] - RANK[b.event]));
}

/** Of one day: an instalment is missed before it is made good, and an end comes last. */
const RANK: Readonly<Record<KeepingEvent, number>> = {
	due_notice: 0,
	missed: 1,
	cured: 2,
	lapsed: 3,
	completed: 3,
	settled_early: 3,
};

/** Early is before the last instalment but one had come due, or with interest of months to come spared, as it stood that day. */
function endOf(plan: KeptPlan, payments: readonly Payment[], on: Day): KeepingEvent {
	const isPaidWhole = standing(plan, payments, on).totalLeft === 0;
	const lastButOne = plan.instalments.at(-2);
	return isPaidWhole && (lastButOne === undefined || on >= lastButOne.dueOn) ? 'completed' : 'settled_early';
}

function noticesOf(instalments: readonly InstalmentStanding[], today: Day, rules: KeepingRules): Happening[] {
	return instalments
		.filter(({ dueOn, left }) => left > 0 && dueOn >= today && addDays(dueOn, -rules.noticeDaysBefore) <= today)
		.map(({ number, dueOn }) => ({
			event: 'due_notice',
			on: addDays(dueOn, -rules.noticeDaysBefore),
			instalment: number,
		}));
}
