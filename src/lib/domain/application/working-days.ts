import { addDays, dayNumber } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';

/**
 * The day so many working days after a day, Monday to Friday. Public holidays differ by year and market and are not
 * known here: whoever promises such a day says that a holiday moves it.
 */
export function addWorkingDays(day: Day, count: number): Day {
	let result = day;
	for (let left = count; left > 0;) {
		result = addDays(result, 1);
		if (isWorkingDay(result)) left--;
	}
	return result;
}

function isWorkingDay(day: Day): boolean {
	// 1970-01-01 was a Thursday: 0 is Monday, 5 and 6 are the weekend.
	return (dayNumber(day) + 3) % 7 < 5;
}
