import type { BudgetLine } from '#lib/domain/application/budget.ts';
import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { Reason } from '#lib/domain/application/reason.ts';
import type { Status } from '#lib/domain/application/status.ts';
import type { Fit } from '#lib/domain/plan/affordability.ts';
import type { DeclineTemplate } from '#lib/domain/review/decline-letter.ts';
import { type Words, wordsIn } from '#lib/domain/words.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** A hardship reason in the two or three words of a list. */
export function reasonText(reason: Reason | null): string {
	return reason === null ? m.desk_reason_none() : REASONS[reason]();
}

const REASONS: Readonly<Record<Reason, () => string>> = {
	unemployment: m.desk_reason_unemployment,
	income_drop: m.desk_reason_income_drop,
	illness_or_injury: m.desk_reason_illness_or_injury,
	family_change: m.desk_reason_family_change,
	business_failure: m.desk_reason_business_failure,
	disaster: m.desk_reason_disaster,
	death_of_earner: m.desk_reason_death_of_earner,
	other: m.desk_reason_other,
};

/** What a document is. */
export function evidenceText(kind: EvidenceKind): string {
	return EVIDENCE[kind]();
}

const EVIDENCE: Readonly<Record<EvidenceKind, () => string>> = {
	unemployment_registration: m.desk_evidence_unemployment_registration,
	end_of_employment_letter: m.desk_evidence_end_of_employment_letter,
	pay_cut_notice: m.desk_evidence_pay_cut_notice,
	medical_record: m.desk_evidence_medical_record,
	hospital_certificate: m.desk_evidence_hospital_certificate,
	disability_certificate: m.desk_evidence_disability_certificate,
	divorce_certificate: m.desk_evidence_divorce_certificate,
	birth_certificate: m.desk_evidence_birth_certificate,
	business_closure_record: m.desk_evidence_business_closure_record,
	insolvency_notice: m.desk_evidence_insolvency_notice,
	disaster_certificate: m.desk_evidence_disaster_certificate,
	death_certificate: m.desk_evidence_death_certificate,
	low_income_certificate: m.desk_evidence_low_income_certificate,
	bank_statement: m.desk_evidence_bank_statement,
	payslip: m.desk_evidence_payslip,
	tax_record: m.desk_evidence_tax_record,
	other_document: m.desk_evidence_other_document,
};

/** Where an application stands. */
export function statusText(status: Status): string {
	return STATUSES[status]();
}

const STATUSES: Readonly<Record<Status, () => string>> = {
	draft: m.desk_status_draft,
	submitted: m.desk_status_submitted,
	in_review: m.desk_status_in_review,
	more_requested: m.desk_status_more_requested,
	counter_offered: m.desk_status_counter_offered,
	approved: m.desk_status_approved,
	declined: m.desk_status_declined,
	withdrawn: m.desk_status_withdrawn,
};

/** What is to be checked before approving, in the reader's language. */
export function checkText({ words }: { readonly words: Words }): string {
	return wordsIn(words, getLocale());
}

/** Why an application is declined, for staff; the code where the bank has no words for it any more. */
export function declineText(code: string, reasons: readonly Pick<DeclineTemplate, 'code' | 'name'>[]): string {
	const reason = reasons.find((each) => each.code === code);
	return reason ? wordsIn(reason.name, getLocale()) : code;
}

/** How a plan sits in the budget, for staff. */
export function fitText(fit: Fit): string {
	return FITS[fit]();
}

const FITS: Readonly<Record<Fit, () => string>> = {
	fits: m.desk_fit_fits,
	tight: m.desk_fit_tight,
	too_much: m.desk_fit_too_much,
	unknown: m.desk_fit_unknown,
};

/** A line of the monthly budget. */
export function budgetText(line: BudgetLine): string {
	return BUDGET[line]();
}

const BUDGET: Readonly<Record<BudgetLine, () => string>> = {
	wages: m.desk_budget_wages,
	household_income: m.desk_budget_household_income,
	benefits: m.desk_budget_benefits,
	other_income: m.desk_budget_other_income,
	housing: m.desk_budget_housing,
	food: m.desk_budget_food,
	utilities_and_phone: m.desk_budget_utilities_and_phone,
	transport: m.desk_budget_transport,
	health: m.desk_budget_health,
	family: m.desk_budget_family,
	other_debts: m.desk_budget_other_debts,
	other_outgoings: m.desk_budget_other_outgoings,
};

/** A part of what is owed. */
export function debtText(part: keyof typeof DEBT): string {
	return DEBT[part]();
}

const DEBT = {
	principal: m.desk_debt_principal,
	billedInterest: m.desk_debt_billed_interest,
	unbilledInterest: m.desk_debt_unbilled_interest,
	billedFees: m.desk_debt_billed_fees,
	unbilledLateFees: m.desk_debt_unbilled_late_fees,
	credit: m.desk_debt_credit,
	totalOutstanding: m.desk_debt_total,
} as const;

/** What happened to an application, and by whom of the staff. */
export function eventText(kind: keyof typeof EVENTS, name: string | null): string {
	return EVENTS[kind]({ name: name ?? m.desk_event_nobody() });
}

const EVENTS = {
	submitted: m.desk_event_submitted,
	taken: m.desk_event_taken,
	put_back: m.desk_event_put_back,
	recalled: m.desk_event_recalled,
	assigned: m.approval_event_assigned,
	unassigned: m.approval_event_unassigned,
	proposed: m.approval_event_proposed,
	seconded: m.approval_event_seconded,
	returned: m.approval_event_returned,
	overruled: m.approval_event_overruled,
	outdated: m.approval_event_outdated,
	approved: m.desk_event_approved,
	declined: m.desk_event_declined,
	objected: m.objection_event_made,
	withdrawn: m.desk_event_withdrawn,
	consent_withdrawn: m.retention_event_consent_withdrawn,
	offer_made: m.desk_event_offer_made,
	offer_accepted: m.desk_event_offer_accepted,
	offer_declined: m.desk_event_offer_declined,
	offer_lapsed: m.desk_event_offer_lapsed,
	offer_overtaken: m.desk_event_offer_overtaken,
	more_asked: m.desk_event_more_asked,
	more_answered: m.desk_event_more_answered,
	more_lapsed: m.desk_event_more_lapsed,
	referred: m.desk_event_referred,
	hold_set: m.desk_event_hold_set,
	hold_ended: m.desk_event_hold_ended,
	message_queued: m.desk_event_message_queued,
	message_sent: m.desk_event_message_sent,
} as const satisfies Record<string, (inputs: { name: string }) => string>;
