/** At most so many within any span of so many minutes. */
export interface Throttle {
	readonly most: number;
	readonly minutes: number;
}

/** How often something happened within the minute that begins at an instant. */
export interface MinuteCount {
	readonly minute: Date;
	readonly count: number;
}

const MINUTE_MS = 60_000;

/**
 * When the next is allowed, where it is not allowed now. Counted by the minute, each as if all of it had happened at its
 * end, so that the throttle holds over every span and not only over those of the clock.
 *
 * @param counts oldest first
 */
export function freeAgainAt({ most, minutes }: Throttle, counts: readonly MinuteCount[], at: Date): Date | undefined {
	const freeOf = ({ minute }: MinuteCount) => minute.getTime() + (minutes + 1) * MINUTE_MS;
	const live = counts.filter((each) => freeOf(each) > at.getTime());
	let left = live.reduce((sum, { count }) => sum + count, 0);
	if (left < most) return undefined;
	for (const each of live) {
		left -= each.count;
		if (left < most) return new Date(freeOf(each));
	}
	return new Date(at.getTime() + (minutes + 1) * MINUTE_MS);
}

/** The minute to which an instant counts. */
export function minuteOf(at: Date): Date {
	return new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);
}

/** From when on counts still matter to a throttle. */
export function countsSince({ minutes }: Throttle, at: Date): Date {
	return new Date(at.getTime() - (minutes + 1) * MINUTE_MS);
}
