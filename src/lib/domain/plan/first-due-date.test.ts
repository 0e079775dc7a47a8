import { expect, test } from 'vitest';
import { addDays } from '#lib/domain/day.ts';
import { ordinaryFirstDueDate } from '#lib/domain/plan/first-due-date.ts';
import { FIRST_DUE_WITHIN_MONTHS } from '#lib/domain/plan/quote.ts';
import { addMonths } from '#lib/domain/day.ts';

test('a plan first falls due on the account’s own due day, at least two weeks off', () => {
	expect(ordinaryFirstDueDate('2026-11-20', '2026-11-27')).toBe('2026-12-27');
	expect(ordinaryFirstDueDate('2026-11-20', '2026-10-04')).toBe('2026-12-04');
	expect(ordinaryFirstDueDate('2026-11-20', '2026-10-03')).toBe('2027-01-03');
});

test('a due day on the 31st is clamped to the month’s end', () => {
	expect(ordinaryFirstDueDate('2027-02-01', '2026-12-31')).toBe('2027-02-28');
	expect(ordinaryFirstDueDate('2027-02-20', '2026-12-31')).toBe('2027-03-31');
});

test('an account without a statement begins a month later', () => {
	expect(ordinaryFirstDueDate('2026-01-31', undefined)).toBe('2026-02-28');
});

test('every day of a year and every due day give a date that a quote takes', () => {
	for (let day = '2027-01-01'; day < '2028-01-01'; day = addDays(day, 1)) {
		for (const due of ['2026-06-01', '2026-06-15', '2026-05-28', '2026-05-29', '2026-05-31']) {
			const first = ordinaryFirstDueDate(day, due);
			expect(
				first >= addDays(day, 14) && first <= addMonths(day, FIRST_DUE_WITHIN_MONTHS),
				`${day} ${due} ${first}`,
			).toBe(true);
		}
	}
});
