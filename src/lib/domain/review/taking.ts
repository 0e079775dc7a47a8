import { type Eyes, mayReview, refusesReview } from '#lib/domain/review/eyes.ts';
import { isHeld, type Lease } from '#lib/domain/review/lease.ts';

/**
 * How a case came into somebody's hands: given by "take next", chosen by themselves, their own taken up again before
 * another took it, or set apart for them by a supervisor. Codes are stored with each taking and never change.
 */
export type TakenBy = 'queue' | 'own_choice' | 'again' | 'assigned';

/** A certain case that somebody wants, and how it stands. */
export interface NamedTaking {
	readonly eyes: Eyes;
	readonly lease: Lease;
	/** For whom a supervisor set it apart; null where for nobody. */
	readonly assignedTo: string | null;
	readonly now: Date;
}

/**
 * How a certain case, taken now, would come into this person's hands; undefined where they may not take it. A supervisor
 * may choose any that waits, to look into it; whoever did may not decide it, not even taking it up again.
 */
export function namedTaking({ eyes, lease, assignedTo, now }: NamedTaking): TakenBy | undefined {
	const { staffId, role } = eyes;
	const refusal = refusesReview(eyes);
	if (refusal !== undefined && refusal !== 'self_assigned') return undefined;
	if (isHeld(lease, now) && lease.staffId !== staffId) return undefined;
	// Put back by hand the lease has no end any more; one that ran out still has its.
	if (lease.staffId === staffId && lease.expiresAt !== null) return 'again';
	if (assignedTo === staffId && mayReview(eyes)) return 'assigned';
	return role === 'supervisor' ? 'own_choice' : undefined;
}

/** Why somebody may not say who has a case. */
type ArrangingRefusal = 'not_supervisor' | 'too_close';

/** Who says who has a case is a supervisor without a hand in it; to have looked into it is no hand. */
function refusesArranging(by: Eyes): ArrangingRefusal | undefined {
	if (by.role !== 'supervisor') return 'not_supervisor';
	const refusal = refusesReview(by);
	return refusal !== undefined && refusal !== 'self_assigned' ? 'too_close' : undefined;
}

/** Why a supervisor may not take a case out of somebody's hands. */
export type RecallRefusal = ArrangingRefusal | 'not_in_hand' | 'own_hands';

/**
 * Whether a supervisor may take a case out of the hands of whoever has it, as they do for one who fell ill; undefined where they
 * may. Not where they had a hand in it or proposed its approval, as they may not say who looks at that second. Doing so they do not
 * get it themselves: it goes back to its place, and what waits for a second approver goes on waiting.
 */
export function refusesRecall({
	by,
	lease,
	fence,
	now,
}: {
	by: Eyes;
	lease: Lease;
	/** The taking that the supervisor's page showed. */
	fence: number;
	now: Date;
}): RecallRefusal | undefined {
	const refusal = refusesArranging(by);
	if (refusal) return refusal;
	if (!isHeld(lease, now) || lease.fence !== fence) return 'not_in_hand';
	return lease.staffId === by.staffId ? 'own_hands' : undefined;
}

/** Why a case cannot be set apart for somebody. */
export type AssignRefusal = ArrangingRefusal | 'to_self' | 'in_hand' | 'not_for_them';

/**
 * Whether a supervisor may set a waiting case apart for a colleague; undefined where they may. Not for themselves, not
 * where they had a hand in it or proposed its approval: nobody picks their own second pair of eyes. `to` is null where the
 * case is to be anybody's again.
 */
export function refusesAssigning({
	by,
	to,
	lease,
	now,
}: {
	by: Eyes;
	to: Eyes | null;
	lease: Lease;
	now: Date;
}): AssignRefusal | undefined {
	const refusal = refusesArranging(by);
	if (refusal) return refusal;
	if (by.staffId === to?.staffId) return 'to_self';
	if (isHeld(lease, now)) return 'in_hand';
	return to === null || mayReview(to) ? undefined : 'not_for_them';
}
