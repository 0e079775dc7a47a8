import { type WorkCalendar, workingDaysBetween } from '#lib/domain/application/working-days.ts';
import type { Day } from '#lib/domain/day.ts';

/** How many came on a day and still wait. */
export interface QueuedOn {
	readonly day: Day;
	readonly count: number;
}

/** How many have waited so many working days; the last of a list has waited that many or more. */
export interface WaitedDays {
	readonly days: number;
	readonly count: number;
	readonly isLate: boolean;
}

/** So many days past the promise are told apart. */
const TOLD_APART = 5;

/** What waits, by the working days it has waited; a case is late once more days than promised have gone by. */
export function waitingByAge(
	queued: readonly QueuedOn[],
	{ today, promised, calendar }: { today: Day; promised: number; calendar: WorkCalendar },
): readonly WaitedDays[] {
	const last = promised + TOLD_APART;
	const counts = new Array<number>(last + 1).fill(0);
	for (const { day, count } of queued) {
		const days = Math.min(workingDaysBetween(day, today, calendar), last);
		counts[days] = (counts[days] ?? 0) + count;
	}
	return counts.map((count, days) => ({ days, count, isLate: days > promised }));
}
