import { expect, test } from 'vitest';
import { DEFAULT_EVIDENCE_LIMITS, refusesEvidence } from '#lib/domain/application/evidence-limits.ts';

const most = DEFAULT_EVIDENCE_LIMITS;

test('a file of exactly 15 MB is taken, one byte more is not', () => {
	expect(refusesEvidence(15 * 1024 * 1024, { files: 0, bytes: 0 })).toBeUndefined();
	expect(refusesEvidence(15 * 1024 * 1024 + 1, { files: 0, bytes: 0 })).toBe('file_too_large');
});

test('the fortieth file is taken, the next is not', () => {
	expect(refusesEvidence(1, { files: 39, bytes: 39 })).toBeUndefined();
	expect(refusesEvidence(1, { files: 40, bytes: 40 })).toBe('too_many_files');
});

test('all files together may hold 80 MB', () => {
	expect(refusesEvidence(10, { files: 6, bytes: most.bytesInAll - 10 })).toBeUndefined();
	expect(refusesEvidence(11, { files: 6, bytes: most.bytesInAll - 10 })).toBe('too_much_in_all');
});

test('an empty file is named as such', () => {
	expect(refusesEvidence(0, { files: 0, bytes: 0 })).toBe('file_empty');
});
