import { FIRST_DUE_WITHIN_MONTHS } from '#lib/domain/plan/first-due-date.ts';
import type { Status } from '#lib/domain/application/status.ts';
import { LONGEST_WORDS } from '#lib/domain/review/decision.ts';
import * as m from '#lib/paraglide/messages.js';
import type { AssignReviewRefusal } from '#lib/server/review/assign-review.ts';
import type { CaseAccess } from '#lib/server/review/case-access.ts';
import type { ClaimAgainRefusal } from '#lib/server/review/claim-again.ts';
import type { DecideRefusal } from '#lib/server/review/decide-application.ts';
import type { RecallReviewRefusal } from '#lib/server/review/recall-review.ts';
import type { RequestMoreRefusal } from '#lib/server/review/request-more.ts';
import type { ReleaseRefusal } from '#lib/server/review/release-review.ts';
import { LONGEST_NOTE } from '#lib/domain/review/note.ts';

/** The field that a refusal is about; undefined where it is about the whole. */
export function fieldOf(refusal: DecideRefusal | RequestMoreRefusal): string | undefined {
	return FIELDS[refusal];
}

const FIELDS: Readonly<Partial<Record<DecideRefusal | RequestMoreRefusal, string>>> = {
	words_needed: 'words',
	words_too_long: 'words',
	note_long: 'note',
	exception_reason_needed: 'note',
	first_due_date_past: 'offer_first_due',
	first_due_date_too_late: 'offer_first_due',
	due_day_wrong: 'ask_due',
	request_words_long: 'ask_text',
};

/** How a case stands now, for whoever was refused. */
export type Standing = Pick<CaseAccess, 'hold' | 'holder'> & { readonly review: Pick<CaseAccess['review'], 'status'> };

/** Why a decision was refused, in a sentence that says what happened and what to do; `now` is how the case stands since. */
export function decideRefusalText(refusal: DecideRefusal, now: Standing | null): string {
	switch (refusal) {
		case 'taken_by_other':
		case 'lease_lost':
		case 'status_changed':
		case 'stale_fence':
			return now ? lostText(now) : PLAIN[refusal]();
		case 'first_due_date_past':
		case 'first_due_date_too_late':
			return m.desk_refused_offer_first_due({ months: FIRST_DUE_WITHIN_MONTHS });
		case 'words_too_long':
			return m.desk_refused_words_too_long({ most: LONGEST_WORDS });
		case 'note_long':
			return m.desk_put_back_note_long({ most: LONGEST_NOTE });
		default:
			return PLAIN[refusal]();
	}
}

/** What became of a case that somebody does not have in hand any more by the taking that their page shows. */
export function lostText({ hold, holder, review: { status } }: Standing): string {
	switch (hold) {
		case 'yours':
			return m.desk_refused_stale_fence();
		case 'lapsed':
			return m.desk_refused_lease_lost();
		case 'taken':
			return holder ? m.desk_refused_taken({ name: holder }) : m.desk_lost_waiting();
		case 'waiting':
			return m.desk_lost_waiting();
		case 'closed':
			return (CLOSED[status] ?? m.desk_refused_status_changed)();
	}
}

const CLOSED: Readonly<Partial<Record<Status, () => string>>> = {
	approved: m.desk_lost_approved,
	declined: m.desk_lost_declined,
	counter_offered: m.desk_lost_offered,
	more_requested: m.desk_lost_asked,
	withdrawn: m.desk_lost_withdrawn,
};

type WithParts = 'words_too_long' | 'note_long' | 'first_due_date_past' | 'first_due_date_too_late';

const PLAIN: Readonly<Record<Exclude<DecideRefusal, WithParts>, () => string>> = {
	wrong_role: m.desk_refused_wrong_role,
	own_application: m.desk_refused_own,
	had_a_hand: m.desk_refused_own,
	status_changed: m.desk_refused_status_changed,
	lease_lost: m.desk_refused_lease_lost,
	taken_by_other: m.desk_lost_waiting,
	stale_fence: m.desk_refused_stale_fence,
	application_changed: m.desk_changed_application,
	evidence_changed: m.desk_changed_evidence,
	figures_changed: m.desk_changed_figures,
	reason_needed: m.desk_refused_reason_needed,
	words_needed: m.desk_refused_words_needed,
	not_found: m.desk_refused_status_changed,
	not_confirmed: m.confirm_needed,
	unchecked: m.desk_refused_unchecked,
	exception_reason_needed: m.exception_refused_reason,
	checks_changed: m.rules_refused_checks_changed,
	unknown_check: m.desk_refused_form,
	reason_unknown: m.rules_refused_reason_gone,
	letter_changed: m.rules_refused_letter_changed,
	self_assigned: m.approval_refused_self,
	decided_before: m.objection_refused_decided,
	own_proposal: m.approval_refused_own_proposal,
	supervisor_needed: m.approval_refused_supervisor,
	proposal_changed: m.approval_refused_changed,
	account_being_checked: m.desk_refused_being_checked,
	plan_missing: m.desk_refused_plan_missing,
	offer_missing: m.desk_refused_offer_missing,
	offer_changed: m.desk_refused_offer_changed,
	not_offered: m.desk_refused_offer_not_offered,
	not_eligible: m.desk_refused_offer_not_eligible,
	currency_not_offered: m.desk_refused_offer_not_eligible,
	amount_too_large: m.desk_refused_offer_not_eligible,
	instalments_not_offered: m.desk_refused_offer_numbers,
	deferral_not_offered: m.desk_refused_offer_numbers,
	nothing_owed: m.desk_refused_offer_nothing_owed,
};

/** Why a case was not put back or sent back; `problem` belongs to the note, `refusal` to the whole. */
export function releaseRefusalText(refusal: ReleaseRefusal, now: Standing): { problem?: string; refusal?: string } {
	switch (refusal) {
		case 'note_missing':
			return { problem: m.desk_put_back_note_missing() };
		case 'note_long':
			return { problem: m.desk_put_back_note_long({ most: LONGEST_NOTE }) };
		case 'nothing_to_return':
			return { refusal: m.approval_refused_nothing() };
		default:
			return { refusal: decideRefusalText(refusal, now) };
	}
}

/** Why a case was not taken out of a colleague's hands; what it says of the note stands beside the note. */
export function recallRefusalText(refusal: RecallReviewRefusal): string {
	return RECALL[refusal]();
}

const RECALL: Readonly<Record<RecallReviewRefusal, () => string>> = {
	not_supervisor: m.desk_refused_wrong_role,
	too_close: m.recall_refused_close,
	not_in_hand: m.recall_refused_moved,
	own_hands: m.recall_refused_own,
	note_missing: m.desk_put_back_note_missing,
	note_long: () => m.desk_put_back_note_long({ most: LONGEST_NOTE }),
};

/** Why a case was not set apart for a colleague. */
export function assignRefusalText(refusal: AssignReviewRefusal): string {
	return ASSIGN[refusal]();
}

const ASSIGN: Readonly<Record<AssignReviewRefusal, () => string>> = {
	not_found: m.desk_refused_status_changed,
	closed: m.desk_refused_status_changed,
	not_supervisor: m.desk_refused_wrong_role,
	too_close: m.desk_refused_own,
	to_self: m.approval_refused_assign,
	in_hand: m.approval_refused_in_hand,
	not_for_them: m.approval_refused_assign,
};

/** Why a case could not be taken. */
export function claimRefusalText(refusal: ClaimAgainRefusal): string {
	return CLAIM[refusal]();
}

const CLAIM: Readonly<Record<ClaimAgainRefusal, () => string>> = {
	not_found: m.desk_refused_status_changed,
	closed: m.desk_refused_status_changed,
	not_yours: m.desk_refused_not_yours,
	taken_by_other: m.desk_refused_not_yours,
	another_in_hand: m.desk_refused_another_in_hand,
};
