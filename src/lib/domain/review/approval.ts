import type { Day } from '#lib/domain/day.ts';
import type { Outcome } from '#lib/domain/review/decision.ts';

/** What can wait for a second approver. */
export type Proposes = Exclude<Outcome, 'declined'>;

/** The plan that is approved or offered, as far as one picks it; of an offer the figures are those of the day it is made. */
export interface ProposedPlan {
	readonly productCode: string;
	readonly productVersion: number;
	readonly instalments: number;
	readonly deferralMonths: number;
	readonly firstDueDate: Day;
}

/** What the first of two decided; `quoteId` is the application's own quote, null for an offer. */
export interface Proposal {
	readonly proposes: Proposes;
	readonly quoteId: string | null;
	readonly plan: ProposedPlan;
	readonly firstStaffId: string;
}

/** What a decision comes to, that its maker may make. */
export type ApprovalStep =
	/** It stands by itself. */
	| 'decided'
	/** It is kept until a second person approves it. */
	| 'proposed'
	/** It is the second person's approval of what the first proposed. */
	| 'seconded';

/**
 * What approving or offering a plan comes to. From its product's amount on it stands only where it is the very thing that
 * somebody else proposed; everything else of that amount is a proposal itself, in place of any before.
 */
export function approvalStep({
	needsSecond,
	proposal,
	decides,
}: {
	/** Whether the plan reaches the amount from which its product asks for a second approver. */
	needsSecond: boolean;
	/** What waits for a second approver; undefined where nothing does. */
	proposal: Proposal | undefined;
	decides: { readonly staffId: string } & Omit<Proposal, 'firstStaffId'>;
}): ApprovalStep {
	if (!needsSecond) return 'decided';
	if (!proposal || proposal.firstStaffId === decides.staffId) return 'proposed';
	return isSame(proposal, decides) ? 'seconded' : 'proposed';
}

function isSame(one: Omit<Proposal, 'firstStaffId'>, other: Omit<Proposal, 'firstStaffId'>): boolean {
	const [a, b] = [one.plan, other.plan];
	return (
		one.proposes === other.proposes &&
		one.quoteId === other.quoteId &&
		a.productCode === b.productCode &&
		a.productVersion === b.productVersion &&
		a.instalments === b.instalments &&
		a.deferralMonths === b.deferralMonths &&
		a.firstDueDate === b.firstDueDate
	);
}

/**
 * How a proposal came to its end: approved by the second, sent back with a note, overtaken by another decision, no longer
 * what stands because the application or the account changed, or withdrawn with its application.
 */
export type ProposalEnd = 'given' | 'returned' | 'overruled' | 'changed' | 'withdrawn';
