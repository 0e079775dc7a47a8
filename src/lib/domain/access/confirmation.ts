const MINUTE_MS = 60_000;

/**
 * Whether somebody proved to be there so lately that they may decide. Signing in does not count: a screen left open must
 * not decide for whoever comes by.
 */
export function isConfirmed(confirmedAt: Date | null, at: Date, minutes: number): boolean {
	if (confirmedAt === null || confirmedAt > at) return false;
	return at.getTime() - confirmedAt.getTime() <= minutes * MINUTE_MS;
}
