import { expect, test } from 'vitest';
import { isWithin, LIMITS, refusesResend, windowStart } from '#lib/domain/access/limits.ts';

test('the last one of a limit is within it, the next is not', () => {
	const { most } = LIMITS.codesPerNumber;
	expect([0, most - 1, most].map((count) => isWithin(count, LIMITS.codesPerNumber))).toEqual([true, true, false]);
});

test('support resends three times a day and no more', () => {
	expect([0, 2, 3, 4].map((count) => refusesResend(count))).toEqual([
		undefined,
		undefined,
		'too_many_resends',
		'too_many_resends',
	]);
});

test('every process finds the same window for an instant', () => {
	const hour = { most: 1, windowMinutes: 60 };
	expect(windowStart(new Date('2026-05-20T02:59:59.999Z'), hour)).toEqual(new Date('2026-05-20T02:00:00Z'));
	expect(windowStart(new Date('2026-05-20T03:00:00Z'), hour)).toEqual(new Date('2026-05-20T03:00:00Z'));
});
