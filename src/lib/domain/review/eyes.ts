import type { StaffRole } from '#lib/domain/access/permission.ts';

/** How near somebody of the staff stands to an application: what the rule of four eyes asks. */
export interface Eyes {
	readonly role: StaffRole;
	readonly staffId: string;
	/** The cardholder that this member of staff is, where they are one. */
	readonly staffCardholderId: string | null;
	readonly cardholderId: string;
	/** The staff who made or edited the application in the cardholder's stead. */
	readonly hands: readonly string[];
	/** The staff who ever picked this very application for themselves. */
	readonly chosenBy: readonly string[];
	/** The staff who made the decision that the cardholder objects to; empty where they do not. */
	readonly decidedBy: readonly string[];
	/** Who proposed what waits for a second approver; null where nothing does. */
	readonly proposedBy: string | null;
	/** Whether it was referred to a supervisor. */
	readonly isReferred: boolean;
}

/** Why somebody does not decide an application, whoever has it in hand. */
export type ReviewRefusal =
	| 'wrong_role'
	| 'own_application'
	| 'had_a_hand'
	| 'self_assigned'
	/** The cardholder objects to what they decided. */
	| 'decided_before'
	/** They are the first of two; the second is somebody else. */
	| 'own_proposal'
	/** What waits for a second approver, or was referred, is for supervisors. */
	| 'supervisor_needed';

const DECIDERS: readonly StaffRole[] = ['agent', 'supervisor'];
const SECOND_APPROVERS: readonly StaffRole[] = ['supervisor'];

/**
 * Whether somebody may decide an application at all; undefined where they may. Nobody decides their own, one that they had
 * a hand in making, one that they picked for themselves, what they proposed themselves, or an objection to their own decision.
 */
export function refusesReview(eyes: Eyes): ReviewRefusal | undefined {
	const { role, staffId, proposedBy } = eyes;
	if (!DECIDERS.includes(role)) return 'wrong_role';
	if (eyes.staffCardholderId === eyes.cardholderId) return 'own_application';
	if (eyes.hands.includes(staffId)) return 'had_a_hand';
	if (eyes.decidedBy.includes(staffId)) return 'decided_before';
	if (proposedBy === staffId) return 'own_proposal';
	if ((proposedBy !== null || eyes.isReferred) && !SECOND_APPROVERS.includes(role)) return 'supervisor_needed';
	return eyes.chosenBy.includes(staffId) ? 'self_assigned' : undefined;
}

/** Whether somebody may decide an application, so that "take next" passes over what they could not. */
export function mayReview(eyes: Eyes): boolean {
	return refusesReview(eyes) === undefined;
}
