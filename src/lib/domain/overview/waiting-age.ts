import { type WorkCalendar, workingDaysBetween } from '#lib/domain/application/working-days.ts';
import type { Day } from '#lib/domain/day.ts';

/** How many came on a day and still wait; the day is moved on by the time in which the clock stood still. */
export interface QueuedOn {
	readonly day: Day;
	readonly count: number;
	/** Whether each of them is past its own promise. */
	readonly isLate: boolean;
}

/** How many have waited so many working days, by whether their promise is kept; the last of a list has waited that many or more. */
export interface WaitedDays {
	readonly days: number;
	readonly inTime: number;
	readonly late: number;
}

/** So many days past the promise are told apart. */
const TOLD_APART = 5;

/** What waits, by the working days it has waited. Each case has a promise of its own; `promised` is the longest. */
export function waitingByAge(
	queued: readonly QueuedOn[],
	{ today, promised, calendar }: { today: Day; promised: number; calendar: WorkCalendar },
): readonly WaitedDays[] {
	const last = promised + TOLD_APART;
	const counts = Array.from({ length: last + 1 }, (_, days) => ({ days, inTime: 0, late: 0 }));
	for (const { day, count, isLate } of queued) {
		const waited = counts[Math.min(workingDaysBetween(day, today, calendar), last)];
		if (waited) waited[isLate ? 'late' : 'inTime'] += count;
	}
	return counts;
}
