import { leaseEnd } from '#lib/domain/review/lease.ts';
import type { TakenBy } from '#lib/domain/review/taking.ts';
import { moveLocked } from '#lib/server/application/move-application.ts';
import { appendAudits, type AuditEntry } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { closeChangedProposal } from '#lib/server/review/close-proposal.ts';
import type { NextReview } from '#lib/server/review/next.repository.ts';
import { saveTaken } from '#lib/server/review/taking.repository.ts';

/** A review in somebody's hands: its fencing number must come back with every deed on it. */
export interface Claim {
	readonly applicationId: string;
	readonly reference: string;
	readonly fence: number;
	readonly leaseExpiresAt: Date;
}

/** Who is given which locked review, in which way, and for how long at first. */
interface Taking {
	readonly review: NextReview;
	readonly staffId: string;
	readonly takenBy: TakenBy;
	readonly at: Date;
	readonly leaseMinutes: number;
}

/**
 * Gives a locked review to somebody who may have it, under a new lease and a fencing number one higher than any before.
 * A newly submitted application thereby comes into review, and a proposal that what changed since has made void is ended.
 */
export async function takeReview(trx: Trx, { review, staffId, takenBy, at, leaseMinutes }: Taking): Promise<Claim> {
	const { applicationId, reference, cardholderId, status } = review;
	const leaseExpiresAt = leaseEnd(at, leaseMinutes);
	const assignedBy = takenBy === 'assigned' ? review.assignedBy : null;
	const fence = await saveTaken(trx, { applicationId, staffId, takenBy, assignedBy, at, until: leaseExpiresAt });
	const actor = { kind: 'staff', id: staffId } as const;
	const audits: AuditEntry[] = [];
	if (status === 'submitted') {
		const application = { id: applicationId, status, cardholderId, reference };
		const moved = await moveLocked(trx, { application, to: 'in_review', at, actor });
		if (!moved) throw new Error('a queued application could not come into review');
		audits.push(moved);
	}
	audits.push({
		actor,
		action: 'review.taken',
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: { fence, takenBy, assignedBy },
	});
	await appendAudits(trx, audits);
	await closeChangedProposal(trx, { review, staffId, at });
	return { applicationId, reference, fence, leaseExpiresAt };
}
