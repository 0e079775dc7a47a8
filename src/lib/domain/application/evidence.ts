import type { Reason } from '#lib/domain/application/reason.ts';

/** Every kind of evidence, in the order a page offers them; codes are stored and never change. */
export const EVIDENCE_KINDS = [
	'unemployment_registration',
	'end_of_employment_letter',
	'pay_cut_notice',
	'medical_record',
	'hospital_certificate',
	'disability_certificate',
	'divorce_certificate',
	'birth_certificate',
	'business_closure_record',
	'insolvency_notice',
	'disaster_certificate',
	'death_certificate',
	'low_income_certificate',
	'bank_statement',
	'payslip',
	'tax_record',
	'other_document',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** Whether a text that came in is a kind of evidence. */
export function isEvidenceKind(text: string): text is EvidenceKind {
	return (EVIDENCE_KINDS as readonly string[]).includes(text);
}

/** One of these shows the reason (domain.md, "Hardship": evidence is one-of-N per reason). */
export const EVIDENCE_FOR: Readonly<Record<Reason, readonly EvidenceKind[]>> = {
	unemployment: ['unemployment_registration', 'end_of_employment_letter'],
	income_drop: ['pay_cut_notice', 'low_income_certificate'],
	illness_or_injury: ['medical_record', 'hospital_certificate', 'disability_certificate'],
	family_change: ['divorce_certificate', 'birth_certificate', 'low_income_certificate'],
	business_failure: ['business_closure_record', 'insolvency_notice'],
	disaster: ['disaster_certificate'],
	death_of_earner: ['death_certificate'],
	other: ['low_income_certificate', 'other_document'],
};

/** One of these shows the income, whatever the reason. */
export const INCOME_EVIDENCE: readonly EvidenceKind[] = ['bank_statement', 'payslip', 'tax_record'];

/** Documents that need a separate, unticked consent, which can be withdrawn [PIPL Art. 28–29]. */
const SENSITIVE: Readonly<Partial<Record<EvidenceKind, 'medical' | 'financial'>>> = {
	medical_record: 'medical',
	hospital_certificate: 'medical',
	disability_certificate: 'medical',
	death_certificate: 'medical',
	low_income_certificate: 'financial',
	bank_statement: 'financial',
	payslip: 'financial',
	tax_record: 'financial',
};

/**
 * Which separate consent a kind needs; undefined for none. A document of no known kind may hold anything, so it is
 * treated as medical.
 */
export function sensitivityOf(kind: EvidenceKind): 'medical' | 'financial' | undefined {
	return kind === 'other_document' ? 'medical' : SENSITIVE[kind];
}

/** A need that is not met yet: any one of the kinds would meet it. */
export interface MissingEvidence {
	readonly need: 'reason' | 'income';
	readonly oneOf: readonly EvidenceKind[];
}

/** What is still missing for a reason, given the kinds attached; an empty list where the evidence is complete. */
export function evidenceProgress(reason: Reason, attached: readonly EvidenceKind[]): readonly MissingEvidence[] {
	const needs: MissingEvidence[] = [
		{ need: 'reason', oneOf: EVIDENCE_FOR[reason] },
		{ need: 'income', oneOf: INCOME_EVIDENCE },
	];
	return needs.filter(({ oneOf }) => !oneOf.some((kind) => attached.includes(kind)));
}
