import type { ContactRules } from '#lib/domain/contact/rules.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/**
 * The first moment from `now` on at which a message may reach someone in an IANA zone (null: the bank's): `now` itself
 * within the hours, else the next opening. Safe where clocks change: it follows the zone's own clock, and where a change
 * swallows the opening it is later, never earlier. An unknown zone throws RangeError.
 */
export function nextAllowedAt(now: Date, zone: string | null, rules: ContactRules): Date {
	const timeZone = zone ?? rules.timeZone;
	const from = minutesOf(rules.from);
	const to = minutesOf(rules.to);
	const allowed = (minutes: number) => minutes >= from && minutes < to;
	if (allowed(localMinutes(now, timeZone))) return now;

	let at = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
	let minutes = localMinutes(at, timeZone);
	// One step by the clock on the wall; a second where the night had an hour more or less than it should.
	while (!allowed(minutes)) {
		at = new Date(at.getTime() + ((from - minutes + DAY_MINUTES) % DAY_MINUTES) * MINUTE_MS);
		minutes = localMinutes(at, timeZone);
	}
	const opening = new Date(at.getTime() - (minutes - from) * MINUTE_MS);
	return opening > now && localMinutes(opening, timeZone) === from ? opening : at;
}

/** When the next day's opening is, for what the daily cap holds back: the first allowed moment of a later local day. */
export function nextDayAllowedAt(now: Date, zone: string | null, rules: ContactRules): Date {
	const timeZone = zone ?? rules.timeZone;
	let at = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
	const today = localDay(at, timeZone);
	while (localDay(at, timeZone) === today) {
		at = new Date(at.getTime() + (DAY_MINUTES - localMinutes(at, timeZone)) * MINUTE_MS);
	}
	return nextAllowedAt(at, timeZone, rules);
}

function minutesOf(time: string): number {
	return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function localMinutes(at: Date, timeZone: string): number {
	return minutesOf(clockOf(timeZone).format(at).slice(-5));
}

function localDay(at: Date, timeZone: string): string {
	return clockOf(timeZone).format(at).slice(0, 10);
}

/** A formatter costs a thousand times its use, and there are some four hundred zones in the world. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
	let clock = clocks.get(timeZone);
	if (!clock) {
		clock = new Intl.DateTimeFormat('sv-SE', {
			timeZone,
			hourCycle: 'h23',
			...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
		} as Intl.DateTimeFormatOptions);
		clocks.set(timeZone, clock);
	}
	return clock;
}
