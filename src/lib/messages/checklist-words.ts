import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import type { ItemState } from '#lib/domain/application/evidence-item.ts';
import * as m from '#lib/paraglide/messages.js';

const WHAT: Readonly<Record<EvidenceKind, () => string>> = {
	unemployment_registration: m.evidence_what_unemployment_registration,
	end_of_employment_letter: m.evidence_what_end_of_employment_letter,
	pay_cut_notice: m.evidence_what_pay_cut_notice,
	medical_record: m.evidence_what_medical_record,
	hospital_certificate: m.evidence_what_hospital_certificate,
	disability_certificate: m.evidence_what_disability_certificate,
	divorce_certificate: m.evidence_what_divorce_certificate,
	birth_certificate: m.evidence_what_birth_certificate,
	business_closure_record: m.evidence_what_business_closure_record,
	insolvency_notice: m.evidence_what_insolvency_notice,
	disaster_certificate: m.evidence_what_disaster_certificate,
	death_certificate: m.evidence_what_death_certificate,
	low_income_certificate: m.evidence_what_low_income_certificate,
	bank_statement: m.evidence_what_bank_statement,
	payslip: m.evidence_what_payslip,
	tax_record: m.evidence_what_tax_record,
	other_document: m.evidence_what_other_document,
};

const STATES: Readonly<Record<ItemState, () => string>> = {
	missing: m.item_missing,
	received: m.item_received,
	being_checked: m.item_being_checked,
	accepted: m.item_accepted,
	again: m.item_again,
};

/** What a kind of evidence is, who gives it, and what must be legible on it. */
export function evidenceWhat(kind: EvidenceKind): string {
	return WHAT[kind]();
}

/** How an item stands; one that is missing where another of its need has come is simply not needed. */
export function itemStateName(state: ItemState, { isNeeded }: { readonly isNeeded: boolean }): string {
	return state === 'missing' && !isNeeded ? m.item_unneeded() : STATES[state]();
}
