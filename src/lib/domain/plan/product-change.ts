import {
	type ActingStaff,
	type AnswerRefusal,
	isActingAdmin,
	type ProposalAnswer,
	type ProposalStatus,
	refusesAnswer,
	refusesWhy,
} from '#lib/domain/access/four-eyes.ts';

/** What a proposal asks for: a version to be published (the first one of a new code too), or the product to be offered no more. */
export const PRODUCT_CHANGES = ['publish', 'retire'] as const;
export type ProductChange = (typeof PRODUCT_CHANGES)[number];

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

export type ProposeRefusal =
	'wrong_role' | 'outdated' | 'code_taken' | 'not_offered' | 'already_proposed' | 'why_missing';

/** Why a change cannot be proposed; undefined where it can. It says why (`note`), and one proposal of a code stands at a time. */
export function refusesProposing(given: {
	readonly actor: ActingStaff;
	readonly change: ProductChange;
	readonly baseVersion: number | null;
	readonly newest: NewestVersion | null;
	readonly isProposed: boolean;
	readonly note: string;
}): ProposeRefusal | undefined {
	const { change, baseVersion, newest } = given;
	if (!isActingAdmin(given.actor)) return 'wrong_role';
	if (baseVersion === null && newest !== null) return 'code_taken';
	if (baseVersion !== (newest?.version ?? null)) return 'outdated';
	if (change === 'retire' && newest?.isOffered !== true) return 'not_offered';
	return given.isProposed ? 'already_proposed' : refusesWhy(given.note);
}

/** Why a proposal cannot be answered so; undefined where it can. What is to be retired must still be offered. */
export function refusesAnswering(given: {
	readonly actor: ActingStaff;
	readonly answer: ProposalAnswer;
	readonly proposal: JudgedProposal;
	readonly newest: NewestVersion | null;
	readonly note: string;
}): AnswerRefusal | undefined {
	const { proposal, newest } = given;
	const isChanged = proposal.baseVersion !== (newest?.version ?? null);
	return refusesAnswer({
		...given,
		isOutdated: isChanged || (proposal.change === 'retire' && newest?.isOffered !== true),
	});
}
