import * as m from '#lib/paraglide/messages.js';

/** How long something waits, in its largest units: "2 d 4 h", or "2 d" where there is little room. */
export function ageText(since: Date, at: Date, isShort = false): string {
	const minutes = Math.max(0, Math.floor((at.getTime() - since.getTime()) / 60_000));
	if (minutes < 60) return m.desk_age_minutes({ minutes });
	const hours = Math.floor(minutes / 60);
	if (isShort)
		return hours < 24 ? m.desk_age_hours_short({ hours }) : m.desk_age_days_short({ days: Math.floor(hours / 24) });
	if (hours < 24) return m.desk_age_hours({ hours, minutes: minutes % 60 });
	return m.desk_age_days({ days: Math.floor(hours / 24), hours: hours % 24 });
}
