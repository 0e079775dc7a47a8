import { expect, test } from 'vitest';
import { isReason, REASONS } from '#lib/domain/application/reason.ts';

test('there are eight reasons, each of its own', () => {
	expect(new Set(REASONS).size).toBe(8);
});

test('only a known reason is a reason', () => {
	expect(REASONS.every(isReason)).toBe(true);
	expect(['', 'Unemployment', 'toString', 'laziness'].some(isReason)).toBe(false);
});
