/** A calendar day `YYYY-MM-DD`, without time or zone. Days compare with `<` as text. */
export type Day = string;

const DAY_MS = 86_400_000;

/** Whether the text is a day that exists: 2026-02-29 is not one. Years 1900 to 2199. Reads the digits itself, as `dayNumber`. */
export function isDay(text: string): text is Day {
	if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false;
	for (const index of DIGITS) {
		const digit = digitAt(text, index);
		if (digit < 0 || digit > 9) return false;
	}
	const year = digitAt(text, 0) * 1000 + digitAt(text, 1) * 100 + digitAt(text, 2) * 10 + digitAt(text, 3);
	const month = digitAt(text, 5) * 10 + digitAt(text, 6);
	const date = digitAt(text, 8) * 10 + digitAt(text, 9);
	const last = month === 2 && isLeapYear(year) ? 29 : DAYS_OF_MONTH[month - 1];
	return year >= 1900 && year <= 2199 && last !== undefined && date >= 1 && date <= last;
}

const DIGITS = [0, 1, 2, 3, 5, 6, 8, 9];
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeapYear(year: number): boolean {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/**
 * Days since 1970-01-01 in the Gregorian calendar, for arithmetic inside an engine. Reads the digits itself: it is
 * called for every date of every account, and a Date would cost more than the rest of the engine.
 */
export function dayNumber(day: Day): number {
	const month = digitAt(day, 5) * 10 + digitAt(day, 6);
	// Years are counted from March, so that the leap day is the last of its year.
	const year =
		digitAt(day, 0) * 1000 + digitAt(day, 1) * 100 + digitAt(day, 2) * 10 + digitAt(day, 3) - (month <= 2 ? 1 : 0);
	const monthFromMarch = month > 2 ? month - 3 : month + 9;
	const century = Math.floor(year / 100);
	const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + digitAt(day, 8) * 10 + digitAt(day, 9) - 1;
	return year * 365 + Math.floor(year / 4) - century + Math.floor(century / 4) + dayOfYear - DAYS_TO_1970;
}

/** From 0000-03-01 to 1970-01-01. */
const DAYS_TO_1970 = 719_468;

function digitAt(text: string, index: number): number {
	return text.charCodeAt(index) - 48;
}

/** The day that is so many days after 1970-01-01. */
export function dayOf(number: number): Day {
	return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** The day so many days later (or earlier, where negative). */
export function addDays(day: Day, days: number): Day {
	return dayOf(dayNumber(day) + days);
}

/** How many days `to` is after `from`. */
export function daysBetween(from: Day, to: Day): number {
	return dayNumber(to) - dayNumber(from);
}

/** The same day so many months later, clamped to that month's end; count always from the first day, never from the last result. */
export function addMonths(day: Day, months: number): Day {
	const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
	const year = Math.floor(month / 12);
	const last = new Date(Date.UTC(year, (month % 12) + 1, 0)).getUTCDate();
	const date = Math.min(Number(day.slice(8, 10)), last);
	return `${String(year)}-${String((month % 12) + 1).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

const zones = new Map<string, Intl.DateTimeFormat>();

/** The calendar day at an instant in an IANA time zone. A zone's format is made once: that takes far longer than to use it. */
export function dayIn(instant: Date, timeZone: string): Day {
	const known = zones.get(timeZone);
	const format =
		known ?? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
	if (!known) zones.set(timeZone, format);
	return format.format(instant);
}
