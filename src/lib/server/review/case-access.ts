import type { StaffRole } from '#lib/domain/access/permission.ts';
import { refusesReview, type ReviewRefusal } from '#lib/domain/review/eyes.ts';
import { isHeld } from '#lib/domain/review/lease.ts';
import { namedTaking, type TakenBy } from '#lib/domain/review/taking.ts';
import { now } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findDecision } from '#lib/server/review/decision.repository.ts';
import { findStaffName } from '#lib/server/review/case.repository.ts';
import { type Assignable, listAssignable } from '#lib/server/review/assign-review.ts';
import { isBlindTo } from '#lib/server/second-review/is-blind.ts';
import { eyesOf, findClaimant, findReview, leaseOf, type ReviewRow } from '#lib/server/review/review.repository.ts';

/**
 * In whose hands a case is, as one member of staff sees it: `yours` with a live lease, `lapsed` where theirs ran out and
 * nobody took it since, `taken` by another, `waiting` for anybody, `closed` by a decision or a withdrawal.
 */
export type CaseHold = 'yours' | 'lapsed' | 'taken' | 'waiting' | 'closed';

/** A case with what this member of staff may see of it. */
export interface CaseAccess {
	readonly review: ReviewRow;
	readonly hold: CaseHold;
	/** Who has it in hand, where somebody has. */
	readonly holder: string | null;
	/** Supervisors see every case, blind second looks aside; agents what they have or last had in hand, or decided. */
	readonly maySee: boolean;
	/** A second look waits that they may take: until it is answered the case is shown there alone, without its outcome. */
	readonly isBlind: boolean;
	/** Documents are open to whoever has the case in hand, and to supervisors. */
	readonly maySeeEvidence: boolean;
	/** By what way they could take it; undefined where they could not, or have it. */
	readonly takesAs: TakenBy | undefined;
	/** Why they do not decide it, in whoever's hands it is; undefined where they may. */
	readonly refusal: ReviewRefusal | undefined;
	/** For whom of the staff it is set apart, by name. */
	readonly assignee: { readonly staffId: string; readonly name: string } | null;
	/** For whom they could set it apart; nobody but a supervisor can. */
	readonly assignable: readonly Assignable[];
}

/** What somebody may see of a case now; undefined where it never was in the queue. */
export async function findCaseAccess(
	db: DbOrTrx,
	{ applicationId, staff }: { applicationId: string; staff: { id: string; role: StaffRole } },
): Promise<CaseAccess | undefined> {
	const review = await findReview(db, applicationId);
	if (!review) return undefined;
	const at = now();
	const hold = holdOf(review, staff.id, at);
	const decision = hold === 'closed' ? await findDecision(db, { applicationId }) : undefined;
	const isBlind = hold === 'closed' && (await isBlindTo(db, { staffId: staff.id, applicationId }));
	const isSupervisor = staff.role === 'supervisor';
	const isFree = hold === 'waiting' || hold === 'lapsed';
	const claimant = await findClaimant(db, staff.id);
	const eyes = claimant && eyesOf(review, claimant);
	const { assignedTo } = review;
	const decided = decision && [decision.staffId, decision.firstStaffId].includes(staff.id);
	return {
		review,
		hold,
		holder: hold === 'taken' && review.staffId ? ((await findStaffName(db, review.staffId)) ?? null) : null,
		maySee: !isBlind && (isSupervisor || hold === 'yours' || hold === 'lapsed' || decided === true),
		isBlind,
		maySeeEvidence: isSupervisor || hold === 'yours',
		takesAs: eyes && isFree ? namedTaking({ eyes, lease: leaseOf(review), assignedTo, now: at }) : undefined,
		refusal: eyes ? refusesReview(eyes) : 'wrong_role',
		assignee: assignedTo === null ? null : { staffId: assignedTo, name: (await findStaffName(db, assignedTo)) ?? '' },
		assignable: isSupervisor && isFree ? await listAssignable(db, review, staff.id) : [],
	};
}

function holdOf(review: ReviewRow, staffId: string, at: Date): CaseHold {
	if (review.closedAt) return 'closed';
	const mine = review.staffId === staffId;
	if (isHeld(leaseOf(review), at)) return mine ? 'yours' : 'taken';
	// Put back by hand the lease has no end any more; one that ran out still has its.
	return mine && review.leaseExpiresAt ? 'lapsed' : 'waiting';
}
