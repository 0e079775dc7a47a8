import type { StaffRole } from '#lib/domain/access/permission.ts';

/** What a proposal asks for: a version to be published (the first one of a new code too), or the product to be offered no more. */
export const PRODUCT_CHANGES = ['publish', 'retire'] as const;
export type ProductChange = (typeof PRODUCT_CHANGES)[number];

export const PROPOSAL_STATUSES = ['proposed', 'published', 'rejected', 'withdrawn'] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

/** How a proposal can end. */
export type ProposalAnswer = Exclude<ProposalStatus, 'proposed'>;

/** Who acts; only an administrator who was not shut out meanwhile has a say in products. */
export interface ProductActor {
	readonly staffId: string;
	readonly role: StaffRole;
	readonly isDisabled: boolean;
}

/** The newest version that a code has, offered or not; null for a code that has none. */
export interface NewestVersion {
	readonly version: number;
	readonly isOffered: boolean;
}

/** A proposal as it is judged; `baseVersion` is the newest version that its maker saw, null for a new code. */
export interface JudgedProposal {
	readonly change: ProductChange;
	readonly status: ProposalStatus;
	readonly proposedBy: string;
	readonly baseVersion: number | null;
}

export type ProposeRefusal = 'wrong_role' | 'outdated' | 'code_taken' | 'not_offered' | 'already_proposed';
export type AnswerRefusal = 'wrong_role' | 'closed' | 'own_proposal' | 'not_yours' | 'outdated' | 'note_missing';

/** Why a change cannot be proposed; undefined where it can. One proposal of a code stands at a time. */
export function refusesProposing(given: {
	readonly actor: ProductActor;
	readonly change: ProductChange;
	readonly baseVersion: number | null;
	readonly newest: NewestVersion | null;
	readonly isProposed: boolean;
}): ProposeRefusal | undefined {
	const { change, baseVersion, newest } = given;
	if (!isAdmin(given.actor)) return 'wrong_role';
	if (baseVersion === null && newest !== null) return 'code_taken';
	if (baseVersion !== (newest?.version ?? null)) return 'outdated';
	if (change === 'retire' && newest?.isOffered !== true) return 'not_offered';
	return given.isProposed ? 'already_proposed' : undefined;
}

/**
 * Why a proposal cannot be answered so; undefined where it can. A second person consents: who made a proposal can only
 * take it back, and nobody else can. It is published on the version that it was made from or not at all, and rejected
 * with a reason.
 */
export function refusesAnswering(given: {
	readonly actor: ProductActor;
	readonly answer: ProposalAnswer;
	readonly proposal: JudgedProposal;
	readonly newest: NewestVersion | null;
	readonly note: string;
}): AnswerRefusal | undefined {
	const { actor, answer, proposal, newest } = given;
	if (!isAdmin(actor)) return 'wrong_role';
	if (proposal.status !== 'proposed') return 'closed';
	const isOwn = actor.staffId === proposal.proposedBy;
	if (answer === 'withdrawn') return isOwn ? undefined : 'not_yours';
	if (isOwn) return 'own_proposal';
	if (answer === 'rejected') return given.note.trim() === '' ? 'note_missing' : undefined;
	if (proposal.baseVersion !== (newest?.version ?? null)) return 'outdated';
	if (proposal.change === 'retire' && newest?.isOffered !== true) return 'outdated';
	return undefined;
}

function isAdmin({ role, isDisabled }: ProductActor): boolean {
	return role === 'admin' && !isDisabled;
}
