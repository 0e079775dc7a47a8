import type { StaffRole } from '#lib/domain/access/permission.ts';

/** The rules of the desk that administrators change: what is checked before an approval, and what a decline says. */
export const DESK_RULES = ['checks', 'decline_letters'] as const;
export type DeskRule = (typeof DESK_RULES)[number];

export type RuleStatus = 'proposed' | 'published' | 'rejected' | 'withdrawn';

/** How a proposal can end. */
export type RuleAnswer = Exclude<RuleStatus, 'proposed'>;

/** Who acts; only an administrator who was not shut out meanwhile has a say. */
export interface RuleActor {
	readonly staffId: string;
	readonly role: StaffRole;
	readonly isDisabled: boolean;
}

export type RuleProposeRefusal = 'wrong_role' | 'outdated' | 'already_proposed' | 'unchanged';
export type RuleAnswerRefusal = 'wrong_role' | 'closed' | 'own_proposal' | 'not_yours' | 'outdated' | 'note_missing';

/** Why a change cannot be proposed; undefined where it can. `mark` names what is in force, `baseMark` what its maker saw. */
export function refusesRuleProposal(given: {
	readonly actor: RuleActor | undefined;
	readonly mark: string;
	readonly baseMark: string;
	readonly newMark: string;
	readonly isProposed: boolean;
}): RuleProposeRefusal | undefined {
	if (!isAdmin(given.actor)) return 'wrong_role';
	if (given.isProposed) return 'already_proposed';
	if (given.mark !== given.baseMark) return 'outdated';
	return given.newMark === given.mark ? 'unchanged' : undefined;
}

/**
 * Why a proposal cannot be answered so; undefined where it can. A second person consents: who made it can only take it back, and
 * nobody else can. It is put into force on what it was made from or not at all, and rejected with a reason.
 */
export function refusesRuleAnswer(given: {
	readonly actor: RuleActor | undefined;
	readonly answer: RuleAnswer;
	readonly proposal: { readonly status: RuleStatus; readonly proposedBy: string; readonly baseMark: string };
	readonly mark: string;
	readonly note: string;
}): RuleAnswerRefusal | undefined {
	const { actor, answer, proposal } = given;
	if (!actor || !isAdmin(actor)) return 'wrong_role';
	if (proposal.status !== 'proposed') return 'closed';
	const isOwn = actor.staffId === proposal.proposedBy;
	if (answer === 'withdrawn') return isOwn ? undefined : 'not_yours';
	if (isOwn) return 'own_proposal';
	if (answer === 'rejected') return given.note.trim() === '' ? 'note_missing' : undefined;
	return proposal.baseMark === given.mark ? undefined : 'outdated';
}

function isAdmin(actor: RuleActor | undefined): boolean {
	return actor?.role === 'admin' && !actor.isDisabled;
}
