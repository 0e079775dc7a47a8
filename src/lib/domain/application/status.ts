/** Where an application stands. */
export const STATUSES = [
	'draft',
	'submitted',
	'in_review',
	'more_requested',
	'counter_offered',
	'approved',
	'declined',
	'withdrawn',
] as const;
export type Status = (typeof STATUSES)[number];

/**
 * Every legal move; a status with none is final. A review that is given back, or whose lease ran out, returns to the
 * queue as submitted, and so does a counter-offer that the cardholder does not want: a person looks again. What was asked for
 * more goes back too, with what came or without. Withdrawal stays open until there is a decision; what is withdrawn can be the end of a
 * counter-offer that nobody answered. A decline is over unless the cardholder objects: then somebody else looks again.
 */
export const NEXT: Readonly<Record<Status, readonly Status[]>> = {
	draft: ['submitted', 'withdrawn'],
	submitted: ['in_review', 'withdrawn'],
	in_review: ['submitted', 'more_requested', 'counter_offered', 'approved', 'declined', 'withdrawn'],
	more_requested: ['submitted', 'withdrawn'],
	counter_offered: ['approved', 'submitted', 'withdrawn'],
	approved: [],
	declined: ['submitted'],
	withdrawn: [],
};

/** Whether an application may go from one status to the other. */
export function canMove(from: Status, to: Status): boolean {
	return NEXT[from].includes(to);
}

const OVER: readonly Status[] = ['approved', 'declined', 'withdrawn'];

/** Whether an application counts as open: an account has at most one of these. */
export function isOpen(status: Status): boolean {
	return !OVER.includes(status);
}

/** What happens next, as the cardholder is told; words for each stand in messages. */
export type NextStep =
	| 'finish_and_submit'
	| 'wait_for_an_agent'
	| 'wait_for_the_decision'
	| 'bring_what_is_asked'
	| 'answer_the_offer'
	| 'read_and_sign'
	| 'read_why_and_object'
	| 'start_again';

/** The next step of each status: whose turn it is, and what for. */
export const NEXT_STEP: Readonly<Record<Status, NextStep>> = {
	draft: 'finish_and_submit',
	submitted: 'wait_for_an_agent',
	in_review: 'wait_for_the_decision',
	more_requested: 'bring_what_is_asked',
	counter_offered: 'answer_the_offer',
	approved: 'read_and_sign',
	declined: 'read_why_and_object',
	withdrawn: 'start_again',
};
