import type { Day } from '#lib/domain/day.ts';

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const TWO_DIGITS = Array.from({ length: 32 }, (_, number) => String(number).padStart(2, '0'));

/**
 * The due dates of `count` instalments: the first due date plus `emptyMonths`, plus one more month each, clamped to the
 * month's end and always counted from the first due date (domain.md, "Plans"). The same days as `addMonths`, without
 * making a Date for each: a page recomputes whole schedules on every keystroke.
 */
export function dueDates(firstDueDate: Day, emptyMonths: number, count: number): Day[] {
	const date = Number(firstDueDate.slice(8, 10));
	let year = Number(firstDueDate.slice(0, 4));
	let month = Number(firstDueDate.slice(5, 7)) - 1 + emptyMonths;
	year += Math.floor(month / 12);
	month %= 12;
	const days = new Array<Day>(count);
	for (let index = 0; index < count; index++) {
		const last = month === 1 && isLeap(year) ? 29 : LENGTHS[month]!;
		days[index] = `${String(year)}-${TWO_DIGITS[month + 1]!}-${TWO_DIGITS[date < last ? date : last]!}`;
		if (++month === 12) {
			month = 0;
			year++;
		}
	}
	return days;
}

function isLeap(year: number): boolean {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
