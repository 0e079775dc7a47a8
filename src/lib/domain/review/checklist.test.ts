import { expect, test } from 'vitest';
import { CHECKS, isCheck, uncheckedOf } from '#lib/domain/review/checklist.ts';

test('what was left out of the checks is named, in their order', () => {
	expect(uncheckedOf([])).toEqual(CHECKS);
	expect(uncheckedOf(['disputes', 'identity', 'need', 'budget'])).toEqual(['evidence', 'earlier_agreements']);
	expect(uncheckedOf([...CHECKS].reverse())).toEqual([]);
});

test('only a known check is a check', () => {
	expect(CHECKS.every(isCheck)).toBe(true);
	expect(['', 'Identity', 'toString'].some(isCheck)).toBe(false);
});
