import { type ActingStaff, isActingAdmin, refusesWhy } from '#lib/domain/access/four-eyes.ts';

/** The rules of the desk that administrators change: what is checked before an approval, and what a decline says. */
export const DESK_RULES = ['checks', 'decline_letters'] as const;
export type DeskRule = (typeof DESK_RULES)[number];

export type RuleProposeRefusal = 'wrong_role' | 'outdated' | 'already_proposed' | 'unchanged' | 'why_missing';

/** Why a change cannot be proposed; undefined where it can. It says why (`note`); `mark` names what is in force, `baseMark` what its maker saw. */
export function refusesRuleProposal(given: {
	readonly actor: ActingStaff | undefined;
	readonly mark: string;
	readonly baseMark: string;
	readonly newMark: string;
	readonly isProposed: boolean;
	readonly note: string;
}): RuleProposeRefusal | undefined {
	if (!isActingAdmin(given.actor)) return 'wrong_role';
	if (given.isProposed) return 'already_proposed';
	if (given.mark !== given.baseMark) return 'outdated';
	return given.newMark === given.mark ? 'unchanged' : refusesWhy(given.note);
}
