import type { ProposalEnd } from '#lib/domain/review/approval.ts';
import { changeSince } from '#lib/domain/review/seen.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { closeOpenApproval, findLatestApproval } from '#lib/server/review/approval.repository.ts';
import { seeNow } from '#lib/server/review/find-change.ts';
import type { ReviewRow } from '#lib/server/review/review.repository.ts';

/** What ending a proposal asks of its review, locked. */
type Proposed = Pick<ReviewRow, 'applicationId' | 'accountId' | 'cardholderId' | 'version' | 'proposedByStaffId'>;

/** Ends what waits for a second approver, where something does, with the one who ended it in the audit log. */
export async function closeProposal(
	trx: Trx,
	{
		review,
		as,
		staffId,
		at,
	}: { review: Pick<ReviewRow, 'applicationId' | 'cardholderId'>; as: ProposalEnd; staffId: string; at: Date },
): Promise<void> {
	const { applicationId, cardholderId } = review;
	const approvalId = await closeOpenApproval(trx, { applicationId, as, by: staffId, at });
	if (approvalId === undefined) return;
	await appendAudit(trx, {
		actor: { kind: 'staff', id: staffId },
		action: `approval.${as}`,
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: { approvalId },
	});
}

/**
 * Ends a proposal that is no longer about what stands: the application, its documents or the account changed since the first
 * decided. True where it was ended.
 */
export async function closeChangedProposal(
	trx: Trx,
	{ review, staffId, at }: { review: Proposed; staffId: string; at: Date },
): Promise<boolean> {
	if (review.proposedByStaffId === null) return false;
	const proposal = await findLatestApproval(trx, review.applicationId);
	const present = await seeNow(trx, review);
	if (!proposal || !present || changeSince(proposal.seen, present) === undefined) return false;
	await closeProposal(trx, { review, as: 'changed', staffId, at });
	return true;
}
