/** How often support may resend a link to one account on one day. */
export const SUPPORT_RESENDS_PER_DAY = 3;

/** Whether support may resend once more, after so many on this day; undefined where they may. */
export function refusesResend(
	resendsToday: number,
	most: number = SUPPORT_RESENDS_PER_DAY,
): 'too_many_resends' | undefined {
	return resendsToday >= most ? 'too_many_resends' : undefined;
}
