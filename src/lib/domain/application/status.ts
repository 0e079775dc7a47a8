/** Where an application stands. */
export const STATUSES = ['draft', 'submitted', 'in_review', 'approved', 'declined', 'withdrawn'] as const;
export type Status = (typeof STATUSES)[number];

/**
 * Every legal move; a status with none is final. A review that is given back, or whose lease ran out, returns to the
 * queue as submitted. Withdrawal stays open until there is a decision.
 */
export const NEXT: Readonly<Record<Status, readonly Status[]>> = {
	draft: ['submitted', 'withdrawn'],
	submitted: ['in_review', 'withdrawn'],
	in_review: ['submitted', 'approved', 'declined', 'withdrawn'],
	approved: [],
	declined: [],
	withdrawn: [],
};

/** Whether an application may go from one status to the other. */
export function canMove(from: Status, to: Status): boolean {
	return NEXT[from].includes(to);
}

/** Whether an application counts as open: an account has at most one of these. */
export function isOpen(status: Status): boolean {
	return NEXT[status].length > 0;
}

/** What happens next, as the cardholder is told; words for each stand in messages. */
export type NextStep =
	| 'finish_and_submit'
	| 'wait_for_an_agent'
	| 'wait_for_the_decision'
	| 'wait_for_the_agreement'
	| 'read_why_and_object'
	| 'start_again';

/** The next step of each status: whose turn it is, and what for. */
export const NEXT_STEP: Readonly<Record<Status, NextStep>> = {
	draft: 'finish_and_submit',
	submitted: 'wait_for_an_agent',
	in_review: 'wait_for_the_decision',
	approved: 'wait_for_the_agreement',
	declined: 'read_why_and_object',
	withdrawn: 'start_again',
};
