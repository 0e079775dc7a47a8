import { expect, test } from 'vitest';
import { threeInstalments } from '#lib/domain/agreement/kept-plan.fixture.ts';
import { cureUntil, lapseBalance } from '#lib/domain/agreement/lapse.ts';

const paid = [{ postedOn: '2026-02-05', amount: 103_000 }];
const waived = { lateFees: 12_000, interest: 34_567, at: 'completion' } as const;

test('conditional waivers return line by line, and the lines sum to the balance', () => {
	const plan = threeInstalments({ percent: 1, waived });
	expect(lapseBalance(plan, paid, '2026-03-21')).toEqual({
		on: '2026-03-21',
		principal: 200_000,
		interestDue: 3_000,
		interestRunning: 1_548,
		lateFeesReturned: 12_000,
		interestReturned: 34_567,
		total: 251_115,
	});
});

test('what was waived at signing stays waived', () => {
	const plan = threeInstalments({ waived: { ...waived, at: 'signing' } });
	expect(lapseBalance(plan, [], '2026-02-21')).toMatchObject({
		lateFeesReturned: 0,
		interestReturned: 0,
		total: 300_000,
	});
});

test('the cure window ends so many days after the due date', () => {
	expect(cureUntil({ cureDays: 15 }, '2026-02-20')).toBe('2026-03-07');
});
