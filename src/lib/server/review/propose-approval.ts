import type { RuleFinding } from '#lib/domain/plan/product-rules.ts';
import type { Proposal } from '#lib/domain/review/approval.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { exceptionCodes } from '#lib/domain/review/exception.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { insertApproval, type NewApproval } from '#lib/server/review/approval.repository.ts';
import { closeProposal } from '#lib/server/review/close-proposal.ts';
import { type ReviewRow, saveLease } from '#lib/server/review/review.repository.ts';

/**
 * Keeps what the first of two decided until a second person approves it, in place of any proposal before. The case goes back
 * to the place it had in the queue, where supervisors find it first; the cardholder still sees it in review.
 */
export async function proposeApproval(
	trx: Trx,
	{
		review,
		decides,
		proposal,
	}: {
		review: ReviewRow;
		decides: Omit<Proposal, 'firstStaffId'>;
		proposal: Omit<NewApproval, keyof Proposal | 'applicationId'> & {
			readonly staffId: string;
			readonly exceptions: readonly RuleFinding[];
		};
	},
): Promise<void> {
	const { applicationId, cardholderId } = review;
	const { staffId, at, fence } = proposal;
	const excepted = exceptionCodes(proposal.exceptions);
	await closeProposal(trx, { review, as: 'overruled', staffId, at });
	const words = { words: plainText(proposal.words), note: plainText(proposal.note) };
	const approvalId = await insertApproval(trx, {
		...proposal,
		...decides,
		...words,
		firstStaffId: staffId,
		applicationId,
	});
	await saveLease(trx, { applicationId, until: null });
	await appendAudit(trx, {
		actor: { kind: 'staff', id: staffId },
		action: 'approval.proposed',
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: {
			approvalId,
			proposes: decides.proposes,
			fence,
			...(excepted !== undefined && { exceptions: excepted }),
		},
	});
}
