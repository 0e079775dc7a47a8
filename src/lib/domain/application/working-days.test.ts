import { expect, test } from 'vitest';
import { addWorkingDays } from '#lib/domain/application/working-days.ts';

test('weekends are not counted', () => {
	expect(addWorkingDays('2026-11-20', 1)).toBe('2026-11-23');
	expect(addWorkingDays('2026-11-20', 3)).toBe('2026-11-25');
	expect(addWorkingDays('2026-11-18', 3)).toBe('2026-11-23');
	expect(addWorkingDays('2026-11-18', 10)).toBe('2026-12-02');
});

test('what is sent at a weekend is counted from Monday on', () => {
	expect(addWorkingDays('2026-11-21', 1)).toBe('2026-11-23');
	expect(addWorkingDays('2026-11-22', 1)).toBe('2026-11-23');
});
