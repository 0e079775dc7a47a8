import { addDays, type Day, isDay } from '#lib/domain/day.ts';

/** Calendar days in the bank's zone, the first and the last with them. */
export interface DayRange {
	readonly from: Day;
	readonly to: Day;
}

/** The ranges that one link asks for; the first is what is shown where nothing was asked. */
export const PRESETS = ['days30', 'today', 'days7', 'month'] as const;
export type Preset = (typeof PRESETS)[number];

/** The days of a preset as of today. */
export function presetRange(preset: Preset, today: Day): DayRange {
	const from = {
		today,
		days7: addDays(today, -6),
		days30: addDays(today, -29),
		month: `${today.slice(0, 7)}-01`,
	}[preset];
	return { from, to: today };
}

/** What is wrong with a day that was typed. */
export type RangeProblem = 'no_day' | 'after_today' | 'before_from';

/** A range as it was typed: the days, or what is wrong with each field; nothing typed at all is the first preset. */
export type ReadRange =
	| { readonly ok: true; readonly range: DayRange }
	| { readonly ok: false; readonly problems: Readonly<Partial<Record<keyof DayRange, RangeProblem>>> };

/** Reads the two ends of a range; an end that is left empty is that of the first preset. */
export function readRange(typed: { readonly from: string; readonly to: string }, today: Day): ReadRange {
	const usual = presetRange(PRESETS[0], today);
	const to = typed.to.trim() || usual.to;
	const from = typed.from.trim() || (isDay(to) && to < usual.from ? to : usual.from);
	const problems = { ...problemOf('from', from, today), ...problemOf('to', to, today) };
	if (Object.keys(problems).length > 0) return { ok: false, problems };
	return to < from ? { ok: false, problems: { to: 'before_from' } } : { ok: true, range: { from, to } };
}

function problemOf(end: keyof DayRange, day: string, today: Day): Partial<Record<keyof DayRange, RangeProblem>> {
	if (!isDay(day)) return { [end]: 'no_day' };
	return day > today ? { [end]: 'after_today' } : {};
}
