/** Why support lifts what keeps somebody out; the last alone gives a silenced number its messages back. */
export const UNLOCK_REASONS = ['wrong_codes', 'codes_late', 'shared_phone', 'number_is_theirs'] as const;

export type UnlockReason = (typeof UNLOCK_REASONS)[number];

/** Whether locks may be lifted once more, after so many times on this day; undefined where they may. */
export function refusesUnlock(unlocksToday: number, most: number): 'too_many_unlocks' | undefined {
	return unlocksToday >= most ? 'too_many_unlocks' : undefined;
}
