/*
 * To make one of Intl's formatters takes many times what it takes to use it, so each is made once for its language and options and
 * kept. There are few: the languages are ours, and whoever asks names options that stand in the code, or the zone of a bank or a person.
 */

/** The formatter of so many that were made; `key` says all that makes it different from others of its kind. */
export function keptFormat<Format>(kept: Map<string, Format>, key: string, make: () => Format): Format {
	const known = kept.get(key);
	if (known !== undefined) return known;
	const format = make();
	kept.set(key, format);
	return format;
}

/** The options of Intl for a date, all but its zone, under a name of their own. */
export type DateShape = keyof typeof SHAPES;

const SHAPES = {
	spoken: { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' },
	long: { day: 'numeric', month: 'long', year: 'numeric' },
	short: { day: 'numeric', month: 'short', year: 'numeric' },
	figures: { day: '2-digit', month: '2-digit', year: 'numeric' },
	monthOfYear: { month: 'long', year: 'numeric' },
	shortMonth: { month: 'short' },
	shortMonthOfYear: { month: 'short', year: 'numeric' },
	dayOfMonth: { day: 'numeric', month: 'short' },
	time: { hour: '2-digit', minute: '2-digit', hour12: false },
	instant: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false },
	near: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const dates = new Map<string, Intl.DateTimeFormat>();

/** The format of dates for a language's tag and a zone; a calendar day is in UTC. */
export function dateFormat(tag: string, shape: DateShape, timeZone = 'UTC'): Intl.DateTimeFormat {
	const make = () => new Intl.DateTimeFormat(tag, { ...SHAPES[shape], timeZone });
	return keptFormat(dates, `${tag} ${shape} ${timeZone}`, make);
}
