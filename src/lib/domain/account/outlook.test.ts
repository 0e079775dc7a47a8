import { expect, it } from 'vitest';
import { historyOf, timelineWith } from '#lib/domain/account/history.fixture.ts';
import { outlook } from '#lib/domain/account/outlook.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { HORIZON_DAYS } from '#lib/domain/account/projection.ts';
import { addDays } from '#lib/domain/day.ts';

const timeline = timelineWith();
const story = historyOf(['2025-02-20 purchase 10000.00', '2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00']);

it('begins on the first missed due date and ends 90 days after today', () => {
	const { past, nothing, minimum } = outlook(story, timeline, '2025-04-20');
	expect(past[0]?.on).toBe('2025-03-23');
	expect(past.at(-1)).toEqual({ on: '2025-04-20', total: owed(story, timeline, '2025-04-20').totalOutstanding });
	for (const course of [nothing, minimum]) {
		expect(course.days[0]?.on).toBe('2025-04-20');
		expect(course.days.at(-1)?.on).toBe(addDays('2025-04-20', HORIZON_DAYS));
	}
});

it('begins a month back where nothing is past due', () => {
	expect(outlook(story, timeline, '2025-03-20').past[0]?.on).toBe('2025-02-20');
});

it('begins two years back where the first missed due date is longer ago', () => {
	expect(outlook(story, timeline, '2029-01-01').past).toHaveLength(731);
});

it('the cost of a course is what it adds: what is owed at its end and was paid on it, less what is owed today', () => {
	const today = '2025-04-20';
	const { nothing, minimum } = outlook(story, timeline, today);
	const now = owed(story, timeline, today).totalOutstanding;
	expect(nothing.paid).toBe(0);
	expect(now + nothing.cost).toBe(nothing.days.at(-1)?.total);
	expect(minimum.payments[0]).toMatchObject({ on: today });
	expect(now + minimum.cost - minimum.paid).toBe(minimum.days.at(-1)?.total);
	expect(minimum.cost).toBeGreaterThan(0);
	expect(minimum.cost).toBeLessThan(nothing.cost);
});
