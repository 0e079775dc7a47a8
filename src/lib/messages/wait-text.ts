import * as m from '#lib/paraglide/messages.js';

const MINUTE_MS = 60_000;

/** How long until an instant, as a person says it: "40 seconds", "3 minutes"; never less than it is. */
export function waitText(until: Date, at: Date): string {
	const left = Math.max(1_000, until.getTime() - at.getTime());
	if (left <= 1.5 * MINUTE_MS) return m.wait_seconds({ count: Math.ceil(left / 1_000) });
	return m.wait_minutes({ count: Math.ceil(left / MINUTE_MS) });
}
