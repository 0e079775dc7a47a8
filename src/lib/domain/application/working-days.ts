import { addDays, type Day, dayNumber } from '#lib/domain/day.ts';

/** Where a market's working days differ from Monday to Friday; data, for a government announces them year by year. */
export interface WorkCalendar {
	/** Public holidays, each a first and a last day. */
	readonly holidays: readonly (readonly [first: Day, last: Day])[];
	/** Days of weekends that are worked in their stead. */
	readonly workingDays: readonly Day[];
}

/** A week without holidays. */
export const PLAIN_WEEKS: WorkCalendar = { holidays: [], workingDays: [] };

/** The day so many working days after a day; a day that is not worked counts from the next that is. */
export function addWorkingDays(day: Day, count: number, calendar: WorkCalendar): Day {
	let result = day;
	for (let left = count; left > 0;) {
		result = addDays(result, 1);
		if (isWorkingDay(result, calendar)) left--;
	}
	return result;
}

/** A promised day moved by a time that the bank waited, to the next day that is worked. */
export function laterBy(day: Day, waitedMs: number, calendar: WorkCalendar): Day {
	if (waitedMs === 0) return day;
	let result = addDays(day, Math.ceil(waitedMs / 86_400_000));
	while (!isWorkingDay(result, calendar)) result = addDays(result, 1);
	return result;
}

/** How many working days lie after the first day, up to the last and with it; nought where the last is not later. */
export function workingDaysBetween(from: Day, to: Day, calendar: WorkCalendar): number {
	let count = 0;
	for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day, calendar)) count++;
	return count;
}

/** Whether reviewers work on a day. */
export function isWorkingDay(day: Day, { holidays, workingDays }: WorkCalendar): boolean {
	if (workingDays.includes(day)) return true;
	if (holidays.some(([first, last]) => first <= day && day <= last)) return false;
	// 1970-01-01 was a Thursday: 0 is Monday, 5 and 6 are the weekend.
	return (dayNumber(day) + 3) % 7 < 5;
}
