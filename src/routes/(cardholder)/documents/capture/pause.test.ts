import { expect, test } from 'vitest';
import { pauseAfter } from './pause.ts';

test('each attempt in vain doubles the pause, up to a minute', () => {
	const pauses = Array.from({ length: 10 }, (_, attempts) => pauseAfter(attempts, 0));
	expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
	expect(pauseAfter(5000, 0)).toBe(60_000);
});

test('chance spreads the pauses, so that not every phone comes back at once', () => {
	expect(pauseAfter(3, 1)).toBe(2000);
	expect(pauseAfter(3, 0.5)).toBe(3000);
});
