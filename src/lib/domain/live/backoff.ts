/**
 * How long to wait before trying again after so many failures in a row, in milliseconds: twice as long each time, up to a most; a
 * random part of it, at least half, so that not everybody comes back at once. `chance` is from nought to one.
 */
export function backoff(failures: number, chance: number, { first = 500, most = 30_000 } = {}): number {
	const whole = Math.min(most, first * 2 ** Math.min(failures, 20));
	return Math.round(whole / 2 + (whole / 2) * chance);
}
