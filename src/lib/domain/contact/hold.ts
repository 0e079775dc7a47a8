import { addDays, type Day, isDay } from '#lib/domain/day.ts';

/** Why reminders to collect are held; codes are stored and never change. */
export const HOLD_KINDS = ['vulnerability', 'dispute'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/** So far ahead can a hold last; who needs longer is looked at again. */
export const MOST_HOLD_DAYS = 90;

/** Whether a day can be the last of a hold: from tomorrow on, within ninety days. */
export function isHoldDay(until: Day, today: Day): boolean {
	return isDay(until) && until > today && until <= addDays(today, MOST_HOLD_DAYS);
}

/** Whether a hold stands on a day; its last day belongs to it. */
export function holdStands(until: Day, today: Day): boolean {
	return today <= until;
}
