/**
 * Where an agreement stands. `offered`: approved, and to be signed within its validity; `active`: signed and kept; `missed`:
 * an instalment is past its day and can still be made good; `lapsed`: it was not.
 */
export const AGREEMENT_STATUSES = ['offered', 'refused', 'expired', 'active', 'missed', 'lapsed', 'completed'] as const;
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];

/** Every legal move; a status with none is final. A missed instalment made good in its cure window leaves no trace in the status. */
export const NEXT_AGREEMENT: Readonly<Record<AgreementStatus, readonly AgreementStatus[]>> = {
	offered: ['active', 'refused', 'expired'],
	refused: [],
	expired: [],
	active: ['missed', 'completed'],
	missed: ['active', 'lapsed', 'completed'],
	lapsed: [],
	completed: [],
};

/** Whether an agreement may go from one status to the other. */
export function canMoveAgreement(from: AgreementStatus, to: AgreementStatus): boolean {
	return NEXT_AGREEMENT[from].includes(to);
}

/** Whether an agreement counts as alive: an account has at most one of these. */
export function isAlive(status: AgreementStatus): boolean {
	return NEXT_AGREEMENT[status].length > 0;
}

/** Whether the plan is being kept or can still be: reminders to collect stop (domain.md, "Agreement contents"). */
export function isKept(status: AgreementStatus): boolean {
	return status === 'active' || status === 'missed';
}
