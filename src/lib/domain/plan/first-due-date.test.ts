import { expect, test } from 'vitest';
import { addDays } from '#lib/domain/day.ts';
import {
	FIRST_DUE_WITHIN_MONTHS,
	firstDueWindow,
	ordinaryFirstDueDate,
	readFirstDueDate,
} from '#lib/domain/plan/first-due-date.ts';
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

test('a first due date can be chosen from two weeks off to two months off, and any other is refused by its own reason', () => {
	const { earliest, latest } = firstDueWindow('2026-12-31');
	expect([earliest, latest]).toEqual(['2027-01-14', '2027-02-28']);
	const read = (text: string) => {
		const outcome = readFirstDueDate(text, '2026-12-31');
		return outcome.ok ? outcome.day : outcome.refusal;
	};
	expect([earliest, latest, ' 2027-01-15 ', '２０２７-０１-１５'].map(read)).toEqual([
		earliest,
		latest,
		'2027-01-15',
		'2027-01-15',
	]);
	expect(['2026-12-31', '2020-01-01'].map(read)).toEqual(['first_due_date_past', 'first_due_date_past']);
	expect(['2027-01-01', '2027-01-13'].map(read)).toEqual(['first_due_date_too_soon', 'first_due_date_too_soon']);
	expect(['2027-03-01', '2199-01-01'].map(read)).toEqual(['first_due_date_too_late', 'first_due_date_too_late']);
	expect(['2027-02-30', 'NaN', '', '9'.repeat(50), '15'].map(read)).toEqual(Array(5).fill('not_a_day'));
});
