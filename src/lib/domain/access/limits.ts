/** At most so many in a window of so many minutes; windows are counted from 1970, so that all processes agree on them. */
export interface Limit {
	readonly most: number;
	readonly windowMinutes: number;
}

/** The portal's limits by what they guard; data, so that a bank can set its own. */
export const LIMITS = {
	/** Codes to one number: a stranger who types it again and again must not flood its owner. */
	codesPerNumber: { most: 6, windowMinutes: 60 },
	/** Sign-ins begun from one address: enough for a household or an office, too few to try numbers one by one. */
	signInsPerAddress: { most: 30, windowMinutes: 60 },
	/** Wrong passwords of one member of staff. */
	staffTries: { most: 5, windowMinutes: 15 },
} as const satisfies Readonly<Record<string, Limit>>;

/** How often support may resend a link to one account on one day (issue of the main trip, 7). */
export const SUPPORT_RESENDS_PER_DAY = 3;

/** The window that an instant falls into, by its start. */
export function windowStart(now: Date, { windowMinutes }: Limit): Date {
	const length = windowMinutes * 60_000;
	return new Date(Math.floor(now.getTime() / length) * length);
}

/** Whether one more is within the limit, after so many in its window. */
export function isWithin(countSoFar: number, { most }: Limit): boolean {
	return countSoFar < most;
}

/** Whether support may resend once more, after so many on this day; undefined where they may. */
export function refusesResend(
	resendsToday: number,
	most: number = SUPPORT_RESENDS_PER_DAY,
): 'too_many_resends' | undefined {
	return resendsToday >= most ? 'too_many_resends' : undefined;
}
