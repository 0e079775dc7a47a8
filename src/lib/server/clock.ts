import { type Day, dayIn } from '#lib/domain/day.ts';
import { env } from '#lib/server/env.ts';

/** The present instant; the only home of "now". */
export function now(): Date {
	return new Date();
}

/** The business day in the bank's zone; `PORTAL_TODAY` stands in for it in tests. */
export function today(): Day {
	return env().portalToday ?? dayIn(now(), env().bankTimeZone);
}
