import { expect, test } from 'vitest';
import {
	EVIDENCE_FOR,
	EVIDENCE_KINDS,
	evidenceProgress,
	INCOME_EVIDENCE,
	isEvidenceKind,
	sensitivityOf,
} from '#lib/domain/application/evidence.ts';
import { REASONS } from '#lib/domain/application/reason.ts';

test('every reason can be shown by at least one kind, and every kind shows something', () => {
	for (const reason of REASONS) expect(EVIDENCE_FOR[reason].length, reason).toBeGreaterThan(0);
	const useful = new Set([...Object.values(EVIDENCE_FOR).flat(), ...INCOME_EVIDENCE]);
	expect(EVIDENCE_KINDS.filter((kind) => !useful.has(kind))).toEqual([]);
});

test('one document for the reason and one for the income complete the evidence, in any order', () => {
	expect(evidenceProgress('unemployment', ['payslip', 'end_of_employment_letter'])).toEqual([]);
	expect(evidenceProgress('unemployment', ['unemployment_registration', 'tax_record'])).toEqual([]);
});

test('what is missing is named with everything that would do', () => {
	expect(evidenceProgress('disaster', [])).toEqual([
		{ need: 'reason', oneOf: ['disaster_certificate'] },
		{ need: 'income', oneOf: INCOME_EVIDENCE },
	]);
	expect(evidenceProgress('disaster', ['bank_statement']).map(({ need }) => need)).toEqual(['reason']);
	expect(evidenceProgress('disaster', ['disaster_certificate']).map(({ need }) => need)).toEqual(['income']);
});

test('evidence for another reason does not count', () => {
	expect(evidenceProgress('death_of_earner', ['medical_record', 'payslip']).map(({ need }) => need)).toEqual([
		'reason',
	]);
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
