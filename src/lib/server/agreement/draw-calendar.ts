import ical, { ICalAlarmType, ICalCalendarMethod } from 'ical-generator';
import type { Day } from '#lib/domain/day.ts';

/** A calendar in words; what it may say depends on who can see it. */
export interface DrawnCalendar {
	readonly name: string;
	readonly language: string;
	readonly days: readonly {
		readonly uid: string;
		readonly on: Day;
		readonly title: string;
		readonly text: string;
	}[];
	readonly sequence: number;
	readonly changedAt: Date;
}

/** At nine in the morning two days before: a day begins at midnight. */
const REMIND_SECONDS_BEFORE = 39 * 3_600;

/** The calendar as an iCalendar file (RFC 5545) with whole days and a reminder for each; the same content gives the same text. */
export function drawCalendar({ name, language, days, sequence, changedAt }: DrawnCalendar): string {
	const calendar = ical({
		name,
		method: ICalCalendarMethod.PUBLISH,
		prodId: { company: 'plan', product: 'calendar', language: language.toUpperCase() },
		ttl: 12 * 3_600,
	});
	for (const { uid, on, title, text } of days) {
		const event = calendar.createEvent({
			id: uid,
			start: new Date(`${on}T00:00:00Z`),
			allDay: true,
			summary: title,
			description: text,
			sequence,
			stamp: changedAt,
			lastModified: changedAt,
		});
		event.createAlarm({ type: ICalAlarmType.display, trigger: REMIND_SECONDS_BEFORE, description: title });
	}
	return calendar.toString();
}
