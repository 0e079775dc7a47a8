/** A calendar day `YYYY-MM-DD`, without time or zone. Days compare with `<` as text. */
export type Day = string;

const DAY_MS = 86_400_000;

/** Whether the text is a day that exists: 2026-02-29 is not one. Years 1900 to 2199. */
export function isDay(text: string): text is Day {
	if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
	return dayOf(dayNumber(text)) === text;
}

/** Days since 1970-01-01, for arithmetic inside an engine. */
export function dayNumber(day: Day): number {
	return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / DAY_MS;
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

/** The calendar day at an instant in an IANA time zone. */
export function dayIn(instant: Date, timeZone: string): Day {
	return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}
