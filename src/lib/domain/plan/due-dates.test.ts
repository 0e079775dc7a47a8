import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMonths, dayOf } from '#lib/domain/day.ts';
import { dueDates } from '#lib/domain/plan/due-dates.ts';

test('the thirty-first is clamped to each month, and comes back where the month has it', () => {
	expect(dueDates('2027-12-31', 0, 5)).toEqual(['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30']);
});

test('2100 is no leap year', () => {
	expect(dueDates('2100-01-31', 1, 1)).toEqual(['2100-02-28']);
	expect(dueDates('2096-01-31', 1, 1)).toEqual(['2096-02-29']);
});

test('empty months move the first due date, not the day in the month', () => {
	expect(dueDates('2026-08-31', 6, 2)).toEqual(['2027-02-28', '2027-03-31']);
});

test('due dates are those of addMonths, counted from the first', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: -20000, max: 60000 }),
			fc.integer({ min: 0, max: 30 }),
			fc.integer({ min: 1, max: 400 }),
			(number, empty, count) => {
				const first = dayOf(number);
				const expected = Array.from({ length: count }, (_, index) => addMonths(first, empty + index));
				expect(dueDates(first, empty, count)).toEqual(expected);
			},
		),
	);
});
