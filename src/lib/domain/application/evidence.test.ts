import { expect, test } from 'vitest';
import {
	EVIDENCE_KINDS,
	type EvidenceNeed,
	evidenceProgress,
	isEvidenceKind,
	sensitivityOf,
} from '#lib/domain/application/evidence.ts';

const REASON: EvidenceNeed = {
	need: 'reason',
	oneOf: ['unemployment_registration', 'end_of_employment_letter'],
	optional: false,
};
const INCOME: EvidenceNeed = { need: 'income', oneOf: ['bank_statement', 'payslip'], optional: false };
const MORE: EvidenceNeed = { need: 'more', oneOf: ['other_document'], optional: true };
const NEEDS = [REASON, INCOME, MORE];

test('one document for the reason and one for the income complete the evidence, in any order', () => {
	expect(evidenceProgress(NEEDS, ['payslip', 'end_of_employment_letter'])).toEqual([]);
	expect(evidenceProgress(NEEDS, ['unemployment_registration', 'bank_statement'])).toEqual([]);
});

test('what is missing is named with everything that would do, and what is optional never is', () => {
	expect(evidenceProgress(NEEDS, [])).toEqual([REASON, INCOME]);
	expect(evidenceProgress(NEEDS, ['bank_statement'])).toEqual([REASON]);
	expect(evidenceProgress(NEEDS, ['end_of_employment_letter'])).toEqual([INCOME]);
});

test('evidence for another reason does not count', () => {
	expect(evidenceProgress(NEEDS, ['medical_record', 'payslip'])).toEqual([REASON]);
});

test('medical and financial documents need a consent of their own', () => {
	expect(sensitivityOf('medical_record')).toBe('medical');
	expect(sensitivityOf('bank_statement')).toBe('financial');
	expect(sensitivityOf('end_of_employment_letter')).toBeUndefined();
});

test('a document of no known kind may hold anything, and counts as sensitive', () => {
	expect(sensitivityOf('other_document')).toBe('medical');
});

test('only a known kind is a kind', () => {
	expect(EVIDENCE_KINDS.every(isEvidenceKind)).toBe(true);
	expect(isEvidenceKind('constructor')).toBe(false);
});
