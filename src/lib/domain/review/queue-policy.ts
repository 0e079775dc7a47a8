import { type Reason, REASONS } from '#lib/domain/application/reason.ts';
import type { Status } from '#lib/domain/application/status.ts';
import { addWorkingDays, type WorkCalendar } from '#lib/domain/application/working-days.ts';
import { dayIn, daysBetween } from '#lib/domain/day.ts';
import { currencyOf, type Minor, parseAmount } from '#lib/domain/money.ts';

/**
 * The statuses in which an application is in the queue: nobody is given one in another. Whatever moves it out of these closes
 * its review, and reopens it on the way back.
 */
export const QUEUED_STATUSES = ['submitted', 'in_review'] as const satisfies readonly Status[];

/** What somebody can be practised in, so that a case asks for it; codes are stored and never change. */
export const SKILLS = [...REASONS, 'large_amounts'] as const;
export type Skill = (typeof SKILLS)[number];

/** Whether a text that came in is one of the skills. */
export function isSkill(text: string): text is Skill {
	return (SKILLS as readonly string[]).includes(text);
}

/** What the policy asks about an application that comes into the queue. */
export interface QueueFacts {
	readonly reason: Reason | null;
	/** What was owed when the plan was quoted; null where no plan was chosen. */
	readonly amount: Minor | null;
	readonly currency: string;
	/** Whether the plan reaches the amount from which its product asks for a second approver. */
	readonly needsSecond: boolean;
}

/** Which applications a rule is about: those with all that it names. */
export interface QueueCondition {
	readonly reasons?: readonly Reason[] | undefined;
	/** The least amount, a decimal for each currency; where a currency has none, no amount is large enough. */
	readonly amountFrom?: Readonly<Record<string, string>> | undefined;
	readonly needsSecond?: boolean | undefined;
}

/** How the bank orders its queue; the setting `queue`. Of each list the first rule that fits counts. */
export interface QueuePolicy {
	/** Classes from 0, the first to be taken, to 9. */
	readonly priorities: readonly { readonly when: QueueCondition; readonly priority: number }[];
	/** The class of what no rule is about. */
	readonly otherwise: number;
	/** The working days promised inwardly for a class, by its number; never more than the cardholder was promised. */
	readonly promisedWorkingDays: Readonly<Record<string, number>>;
	readonly skills: readonly { readonly when: QueueCondition; readonly skill: Skill }[];
}

/** A review's place in the queue: by class, then by when it is due. */
export interface QueuePlace {
	readonly priority: number;
	readonly dueAt: Date;
	/** What whoever takes it must be practised in. */
	readonly skill: Skill | null;
}

/** When an application came, and by what its days are counted. */
export interface QueueTerms {
	readonly queuedAt: Date;
	/** What the cardholder was promised. */
	readonly promisedWorkingDays: number;
	readonly timeZone: string;
	readonly calendar: WorkCalendar;
}

/**
 * The place of an application that came at `queuedAt`. It is due at the same time of day so many working days later in the bank's
 * zone: of two of one class that were promised alike the older comes first.
 */
export function queuePlace(
	policy: QueuePolicy,
	facts: QueueFacts,
	{ queuedAt, promisedWorkingDays, timeZone, calendar }: QueueTerms,
): QueuePlace {
	const priority = policy.priorities.find(({ when }) => fits(when, facts))?.priority ?? policy.otherwise;
	const workingDays = Math.min(policy.promisedWorkingDays[String(priority)] ?? Infinity, promisedWorkingDays);
	const day = dayIn(queuedAt, timeZone);
	const days = daysBetween(day, addWorkingDays(day, workingDays, calendar));
	return {
		priority,
		dueAt: new Date(queuedAt.getTime() + days * 86_400_000),
		skill: policy.skills.find(({ when }) => fits(when, facts))?.skill ?? null,
	};
}

function fits({ reasons, amountFrom, needsSecond }: QueueCondition, facts: QueueFacts): boolean {
	if (reasons && (facts.reason === null || !reasons.includes(facts.reason))) return false;
	if (needsSecond !== undefined && facts.needsSecond !== needsSecond) return false;
	return amountFrom === undefined || reaches(amountFrom, facts);
}

function reaches(amountFrom: Readonly<Record<string, string>>, { amount, currency }: QueueFacts): boolean {
	const text = Object.hasOwn(amountFrom, currency) ? amountFrom[currency] : undefined;
	const least = text === undefined ? undefined : parseAmount(text, currencyOf(currency));
	return amount !== null && least !== undefined && amount >= least;
}

/** Whose turn comes first, below nought where it is a's: what is late, whatever its class, so that nobody waits for ever; then by class. */
export function compareTurns(a: Turn, b: Turn, at: Date): number {
	const [isLateA, isLateB] = [a.dueAt <= at, b.dueAt <= at];
	if (isLateA !== isLateB) return isLateA ? -1 : 1;
	if (!isLateA && a.priority !== b.priority) return a.priority - b.priority;
	return a.dueAt.getTime() - b.dueAt.getTime() || (a.applicationId < b.applicationId ? -1 : 1);
}

interface Turn extends Pick<QueuePlace, 'priority' | 'dueAt'> {
	readonly applicationId: string;
}

/**
 * What of `all` somebody is given by "take next": what they know, and what nobody who works here knows, so that no case waits
 * for a person who does not exist.
 */
export function servedBy<T extends string>(all: readonly T[], own: readonly string[], known: readonly string[]): T[] {
	return all.filter((each) => own.includes(each) || !known.includes(each));
}

/** How pressing a case is, as the desk says it. */
export type Urgency = 'late' | 'first' | 'soon' | 'usual';

/** Late once it is past due; first by its class; soon in its last day. */
export function urgencyOf(
	{ priority, dueAt }: Pick<QueuePlace, 'priority' | 'dueAt'>,
	otherwise: number,
	at: Date,
): Urgency {
	const left = dueAt.getTime() - at.getTime();
	if (left <= 0) return 'late';
	if (priority < otherwise) return 'first';
	return left < 86_400_000 ? 'soon' : 'usual';
}
