import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import * as m from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/paraglide/runtime.js';

type Words = (inputs?: Record<string, never>, options?: { locale?: Locale }) => string;

const NAMES: Readonly<Record<EvidenceKind, Words>> = {
	unemployment_registration: m.evidence_unemployment_registration,
	end_of_employment_letter: m.evidence_end_of_employment_letter,
	pay_cut_notice: m.evidence_pay_cut_notice,
	medical_record: m.evidence_medical_record,
	hospital_certificate: m.evidence_hospital_certificate,
	disability_certificate: m.evidence_disability_certificate,
	divorce_certificate: m.evidence_divorce_certificate,
	birth_certificate: m.evidence_birth_certificate,
	business_closure_record: m.evidence_business_closure_record,
	insolvency_notice: m.evidence_insolvency_notice,
	disaster_certificate: m.evidence_disaster_certificate,
	death_certificate: m.evidence_death_certificate,
	low_income_certificate: m.evidence_low_income_certificate,
	bank_statement: m.evidence_bank_statement,
	payslip: m.evidence_payslip,
	tax_record: m.evidence_tax_record,
	other_document: m.evidence_other_document,
};

/** A kind of evidence as its reader says it. */
export function evidenceName(kind: EvidenceKind, locale?: Locale): string {
	return NAMES[kind]({}, locale && { locale });
}

/** A size as a person reads it: "820 KB", "2.4 MB". */
export function sizeText(bytes: number): string {
	const kilobytes = Math.max(1, Math.round(bytes / 1024));
	return kilobytes < 1000 ? `${String(kilobytes)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
