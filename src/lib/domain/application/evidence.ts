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

/** What a paper is to show: the reason, the income, or whatever else may help. */
export const NEEDS = ['reason', 'income', 'more'] as const;
export type Need = (typeof NEEDS)[number];

/** One thing that is to be shown: any one of the kinds would do, and an optional one bars nothing. */
export interface EvidenceNeed {
	readonly need: Need;
	readonly oneOf: readonly EvidenceKind[];
	readonly optional: boolean;
}

/** What each reason asks for, in the order a page shows it; data of the bank's (domain.md, "Hardship": one-of-N per reason). */
export type EvidenceNeeds = Readonly<Record<Reason, readonly EvidenceNeed[]>>;

/** What of the needs is still missing, given the kinds attached; an empty list where all that is not optional is there. */
export function evidenceProgress(
	needs: readonly EvidenceNeed[],
	attached: readonly EvidenceKind[],
): readonly EvidenceNeed[] {
	return needs.filter(({ optional, oneOf }) => !optional && !isMet(oneOf, attached));
}

/** Whether one of the kinds was attached. */
export function isMet(oneOf: readonly EvidenceKind[], attached: readonly EvidenceKind[]): boolean {
	return oneOf.some((kind) => attached.includes(kind));
}
