import { expect, test } from 'vitest';
import { threeInstalments } from '#lib/domain/agreement/kept-plan.fixture.ts';
import { standing } from '#lib/domain/agreement/standing.ts';

const plan = threeInstalments();
const states = (asOf: string, ...paid: [string, number][]) =>
	standing(
		plan,
		paid.map(([postedOn, amount]) => ({ postedOn, amount })),
		asOf,
	).instalments.map(({ state }) => state);

test('before anything is due the first instalment is next and the others are later', () => {
	expect(states('2026-01-10')).toEqual(['next', 'later', 'later']);
});

test('a payment posted on the due date is in time; the day after without one is missed', () => {
	expect(states('2026-02-05', ['2026-02-05', 100_000])).toEqual(['paid', 'next', 'later']);
	expect(states('2026-02-05')).toEqual(['due_today', 'later', 'later']);
	expect(states('2026-02-06')).toEqual(['missed', 'next', 'later']);
});

test('a part payment leaves the rest of its instalment; more than one instalment is paid ahead', () => {
	const part = standing(plan, [{ postedOn: '2026-01-20', amount: 40_000 }], '2026-01-21');
	expect(part.instalments[0]).toMatchObject({ state: 'part_paid', paid: 40_000, left: 60_000, settledOn: undefined });
	expect(part.next?.number).toBe(1);
	const ahead = standing(plan, [{ postedOn: '2026-02-01', amount: 150_000 }], '2026-02-10');
	expect(ahead).toMatchObject({ totalPaid: 150_000, totalLeft: 150_000, paidAhead: 50_000, overPaid: 0 });
	expect(ahead.instalments.map(({ state }) => state)).toEqual(['paid', 'part_paid', 'later']);
});

test('what comes in late goes to the oldest instalment first, and what is too much stays over', () => {
	expect(states('2026-03-10', ['2026-03-08', 100_000])).toEqual(['paid', 'missed', 'next']);
	const over = standing(plan, [{ postedOn: '2026-02-01', amount: 320_000 }], '2026-02-10');
	expect(over).toMatchObject({ totalLeft: 0, overPaid: 20_000, next: undefined, missed: undefined });
});

test('an instalment is settled on the posting day of the payment that filled it', () => {
	const { instalments } = standing(
		plan,
		[
			{ postedOn: '2026-02-20', amount: 60_000 },
			{ postedOn: '2026-02-03', amount: 40_000 },
		],
		'2026-03-01',
	);
	expect(instalments[0]?.settledOn).toBe('2026-02-20');
});

test('what was posted before the day of signing does not count; the day of signing does', () => {
	const paid = (postedOn: string) => standing(plan, [{ postedOn, amount: 100_000 }], '2026-03-01').totalPaid;
	expect(paid('2026-01-04')).toBe(0);
	expect(paid('2026-01-05')).toBe(100_000);
	expect(standing(plan, [{ postedOn: '2026-03-02', amount: 1 }], '2026-03-01').totalPaid).toBe(0);
});
