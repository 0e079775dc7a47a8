import { expect, it } from 'vitest';
import { historyOf, timelineWith } from '#lib/domain/account/history.fixture.ts';
import { project } from '#lib/domain/account/projection.ts';
import { projectOn } from '#lib/domain/account/projection-on.ts';
import { addDays, addMonths } from '#lib/domain/day.ts';

const timeline = timelineWith();
const story = historyOf(['2025-02-20 purchase 10000.00', '2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00']);

for (const today of ['2025-03-20', '2025-03-23', '2025-04-05', '2025-04-20']) {
	for (const course of ['nothing', 'minimum'] as const) {
		it(`comes to what the day by day projection comes to: ${course} from ${today}`, () => {
			const until = addMonths(today, 8);
			let paid = 0;
			const daily = project(story, timeline, today, course, until).days.map((day) => {
				paid += day.paid;
				return { on: day.on, total: day.owed.totalOutstanding, paid };
			});
			const few = daily.filter((_day, index) => index % 17 === 0);
			expect(
				projectOn(
					story,
					timeline,
					today,
					course,
					few.map(({ on }) => on),
				),
			).toEqual(few);
		});
	}
}

it('is empty where no day is asked for, and goes on without a statement', () => {
	expect(projectOn(story, timeline, '2025-04-20', 'nothing', [])).toEqual([]);
	const bare = historyOf(['2025-02-20 cash_advance 1000.00']);
	const days = ['2025-04-20', addDays('2025-04-20', 300)];
	const daily = project(bare, timeline, '2025-04-20', 'nothing', days[1]).days;
	expect(projectOn(bare, timeline, '2025-04-20', 'nothing', days).at(-1)?.total).toBe(
		daily.at(-1)?.owed.totalOutstanding,
	);
});
