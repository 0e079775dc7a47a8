import { expect, test } from 'vitest';
import { addWorkingDays, PLAIN_WEEKS, workingDaysBetween } from '#lib/domain/application/working-days.ts';

const NATIONAL_DAY = { holidays: [['2026-10-01', '2026-10-07']], workingDays: ['2026-10-10'] } as const;

test('weekends are not counted', () => {
	expect(addWorkingDays('2026-11-20', 1, PLAIN_WEEKS)).toBe('2026-11-23');
	expect(addWorkingDays('2026-11-20', 3, PLAIN_WEEKS)).toBe('2026-11-25');
	expect(addWorkingDays('2026-11-18', 3, PLAIN_WEEKS)).toBe('2026-11-23');
	expect(addWorkingDays('2026-11-18', 10, PLAIN_WEEKS)).toBe('2026-12-02');
});

test('what is sent at a weekend is counted from Monday on', () => {
	expect(addWorkingDays('2026-11-21', 1, PLAIN_WEEKS)).toBe('2026-11-23');
	expect(addWorkingDays('2026-11-22', 1, PLAIN_WEEKS)).toBe('2026-11-23');
});

test('public holidays are not counted, and a Saturday that is worked for them is', () => {
	expect(addWorkingDays('2026-09-30', 1, NATIONAL_DAY)).toBe('2026-10-08');
	expect(addWorkingDays('2026-09-30', 3, NATIONAL_DAY)).toBe('2026-10-10');
	expect(addWorkingDays('2026-09-30', 4, NATIONAL_DAY)).toBe('2026-10-12');
});

test('counting the days between undoes adding them', () => {
	for (let count = 0; count < 15; count++) {
		const to = addWorkingDays('2026-09-28', count, NATIONAL_DAY);
		expect(workingDaysBetween('2026-09-28', to, NATIONAL_DAY)).toBe(count);
	}
	expect(workingDaysBetween('2026-10-12', '2026-09-28', NATIONAL_DAY)).toBe(0);
});
