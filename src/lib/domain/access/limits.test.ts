import { expect, test } from 'vitest';
import { refusesResend } from '#lib/domain/access/limits.ts';

test('support resends three times a day and no more', () => {
	expect([0, 2, 3, 4].map((count) => refusesResend(count))).toEqual([
		undefined,
		undefined,
		'too_many_resends',
		'too_many_resends',
	]);
});
