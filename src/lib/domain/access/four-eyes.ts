import type { StaffRole } from '#lib/domain/access/permission.ts';

/** Where a change stands that one administrator proposes and another consents to. */
export type ProposalStatus = 'proposed' | 'published' | 'rejected' | 'withdrawn';

/** How a proposal can end. */
export type ProposalAnswer = Exclude<ProposalStatus, 'proposed'>;

/** Who acts; only an administrator who was not shut out meanwhile has a say. */
export interface ActingStaff {
	readonly staffId: string;
	readonly role: StaffRole;
	readonly isDisabled: boolean;
}

export type AnswerRefusal = 'wrong_role' | 'closed' | 'own_proposal' | 'not_yours' | 'outdated' | 'note_missing';

/**
 * Why a proposal cannot be answered so; undefined where it can. A second person consents: who made it can only take it back, and
 * nobody else can. It is put into force on what it was made from (`isOutdated`: that has changed) or not at all, and rejected with a
 * reason.
 */
export function refusesAnswer(given: {
	readonly actor: ActingStaff | undefined;
	readonly answer: ProposalAnswer;
	readonly proposal: { readonly status: ProposalStatus; readonly proposedBy: string };
	readonly isOutdated: boolean;
	readonly note: string;
}): AnswerRefusal | undefined {
	const { actor, answer, proposal } = given;
	if (!actor || !isActingAdmin(actor)) return 'wrong_role';
	if (proposal.status !== 'proposed') return 'closed';
	const isOwn = actor.staffId === proposal.proposedBy;
	if (answer === 'withdrawn') return isOwn ? undefined : 'not_yours';
	if (isOwn) return 'own_proposal';
	if (answer === 'rejected') return given.note.trim() === '' ? 'note_missing' : undefined;
	return given.isOutdated ? 'outdated' : undefined;
}

/** Why a proposal's own words will not do: a second person reads what changes and why before consenting. */
export function refusesWhy(why: string): 'why_missing' | undefined {
	return why.trim() === '' ? 'why_missing' : undefined;
}

/** Whether they may propose and answer at all. */
export function isActingAdmin(actor: ActingStaff | undefined): boolean {
	return actor?.role === 'admin' && !actor.isDisabled;
}
