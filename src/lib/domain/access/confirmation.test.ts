import { expect, test } from 'vitest';
import { isConfirmed } from '#lib/domain/access/confirmation.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const before = (ms: number) => new Date(AT.getTime() - ms);

test('a confirmation stands for its minutes and not a moment longer', () => {
	expect(isConfirmed(before(0), AT, 10)).toBe(true);
	expect(isConfirmed(before(600_000), AT, 10)).toBe(true);
	expect(isConfirmed(before(600_001), AT, 10)).toBe(false);
});

test('who never confirmed, or confirms in the future, has not confirmed', () => {
	expect(isConfirmed(null, AT, 10)).toBe(false);
	expect(isConfirmed(before(-1), AT, 10)).toBe(false);
});
