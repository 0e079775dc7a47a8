import { type Eyes, refusesReview, type ReviewRefusal } from '#lib/domain/review/eyes.ts';
import type { HoldingRefusal } from '#lib/domain/review/holding.ts';
import { isHeld, type Lease } from '#lib/domain/review/lease.ts';

/** Who would end the hold on a case's account, by the page that shows which taking of the case. */
export interface EndingHold {
	readonly eyes: Eyes;
	readonly lease: Lease;
	readonly fence: number;
	readonly now: Date;
}

/** What keeps even a supervisor from it: it is their own account, or they had a hand in the application. */
const TOO_NEAR = ['own_application', 'had_a_hand', 'wrong_role'] as const satisfies readonly ReviewRefusal[];

/** Why a hold is not ended. */
export type EndHoldRefusal = HoldingRefusal | (typeof TOO_NEAR)[number];

/**
 * Whether somebody may end a hold; undefined where they may: whoever has the case in hand, and while nobody has it, a supervisor.
 * They do not take the case for that, so that it is nobody's choice, and they may be given it like anybody else.
 */
export function refusesEndingHold({ eyes, lease, fence, now }: EndingHold): EndHoldRefusal | undefined {
	if (isHeld(lease, now)) {
		if (lease.staffId !== eyes.staffId) return 'taken_by_other';
		return lease.fence === fence ? undefined : 'stale_fence';
	}
	if (eyes.role !== 'supervisor') return 'lease_lost';
	return nearnessOf(refusesReview(eyes));
}

/** Which of the reasons for not deciding a case keeps one from ending its hold, too. */
export function nearnessOf(refusal: ReviewRefusal | undefined): (typeof TOO_NEAR)[number] | undefined {
	return TOO_NEAR.find((near) => near === refusal);
}
