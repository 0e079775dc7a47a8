import { expect, test } from 'vitest';
import { againstCourses, daysToCompare } from '#lib/domain/plan/against-courses.ts';
import { OWED } from '#lib/domain/plan/owed.fixture.ts';
import { figuresOfQuote } from '#lib/domain/plan/plan-figures.ts';
import { productWith } from '#lib/domain/plan/product.fixture.ts';
import { makeQuote } from '#lib/domain/plan/quote.ts';

const made = makeQuote({
	...{ product: productWith(), figures: OWED, currency: 'CNY', asOf: '2026-05-20' },
	...{ choice: { instalments: 6, deferralMonths: 0 }, firstDueDate: '2026-06-30' },
});
if (!made.ok) throw new Error(made.refusal);
const plan = figuresOfQuote(made.quote);
const days = daysToCompare('2026-05-20', '2026-06-30', 12);

/** A course that grows (or falls) by so much on each day compared, and pays so much. */
const course = (growth: number, payment: number) =>
	days.map((on, index) => ({
		on,
		total: OWED.totalOutstanding + index * (growth - payment),
		paid: index * payment,
	}));

test('the days compared hold every due date, clamped to the month’s end', () => {
	expect(days).toContain(plan.rows.at(-1)!.dueDate);
	expect(days).toContain('2027-02-28');
	expect(days).toHaveLength(13);
});

test('what a plan saves is the interest and fees of the course less its own, at its own end', () => {
	const against = againstCourses(plan, { nothing: course(20_000, 0), minimum: course(5_000, 100_000) });
	const cost = plan.totalPayable - plan.totalOutstanding;
	expect(against?.until).toBe('2026-11-30');
	expect(against?.nothing).toEqual({ saved: 6 * 20_000 - cost, stillOwed: OWED.totalOutstanding + 120_000 });
	expect(against?.minimum.saved).toBe(6 * 5_000 - cost);
});

test('beside a plan of more than a year stands what a year of doing nothing adds, and no sum of years', () => {
	const courses = { nothing: course(20_000, 0), minimum: course(5_000, 100_000) };
	expect(againstCourses(plan, courses)?.yearOfNothing).toBeUndefined();
	const long = makeQuote({
		...{ product: productWith(), figures: OWED, currency: 'CNY', asOf: '2026-05-20' },
		...{ choice: { instalments: 12, deferralMonths: 0 }, firstDueDate: '2026-06-30' },
	});
	if (!long.ok) throw new Error(long.refusal);
	expect(againstCourses(figuresOfQuote(long.quote), courses)?.yearOfNothing).toBe(11 * 20_000);
});

test('a plan that costs more says so', () => {
	const free = { ...plan, totalPayable: plan.totalOutstanding + 50_000 };
	expect(againstCourses(free, { nothing: course(1_000, 0), minimum: course(0, 0) })?.nothing.saved).toBe(-44_000);
});

test('what is paid today is part of the course and no saving', () => {
	const paidToday = course(0, 0).map((point) => ({ ...point, total: point.total - 30_000, paid: 30_000 }));
	const cost = plan.totalPayable - plan.totalOutstanding;
	expect(againstCourses(plan, { nothing: paidToday, minimum: paidToday })?.minimum.saved).toBe(-cost);
});

test('a course that was not followed so far is not compared with', () => {
	const short = course(1_000, 0).slice(0, 4);
	expect(againstCourses(plan, { nothing: short, minimum: short })).toBeUndefined();
});
