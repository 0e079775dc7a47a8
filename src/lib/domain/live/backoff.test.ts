import { expect, test } from 'vitest';
import { backoff } from '#lib/domain/live/backoff.ts';

test('each failure doubles the wait, up to a most, and chance takes at most half of it', () => {
	expect([0, 1, 2, 3].map((failures) => backoff(failures, 1))).toEqual([500, 1000, 2000, 4000]);
	expect(backoff(3, 0)).toBe(2000);
	expect(backoff(1000, 1)).toBe(30_000);
});
