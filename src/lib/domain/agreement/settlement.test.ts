import { expect, test } from 'vitest';
import { keptPlan, threeInstalments } from '#lib/domain/agreement/kept-plan.fixture.ts';
import { completedOn, settlement } from '#lib/domain/agreement/settlement.ts';

const FLAT = threeInstalments({ percent: 1 });
const pay = (postedOn: string, amount: number) => ({ postedOn, amount });

test('the running month counts by days, half up', () => {
	// The first month is the 31 days from signing to the first due date; its fee is ¥30.
	expect(settlement(FLAT, [], '2026-01-15')).toEqual({
		asOf: '2026-01-15',
		principal: 300_000,
		interestDue: 0,
		interestRunning: 968,
		total: 300_968,
	});
});

test('on a due date the interest of its month is due; nothing runs', () => {
	expect(settlement(FLAT, [], '2026-02-05')).toMatchObject({ interestDue: 3_000, interestRunning: 0, total: 303_000 });
	expect(settlement(FLAT, [pay('2026-02-05', 103_000)], '2026-02-05').total).toBe(200_000);
	// What was paid of the first instalment stays there when the second comes due.
	expect(settlement(FLAT, [pay('2026-02-05', 103_000)], '2026-03-05')).toMatchObject({
		principal: 200_000,
		interestDue: 3_000,
	});
});

test('interest of months to come that was paid ahead comes back', () => {
	const ahead = [pay('2026-01-05', 206_000)];
	expect(settlement(FLAT, ahead, '2026-02-05')).toMatchObject({ principal: 97_000, interestDue: 0, total: 97_000 });
});

test('what accrued before signing is part of the figure from the first day', () => {
	const plan = threeInstalments({ percent: 1, accrued: 500 });
	expect(settlement(plan, [], '2026-01-05')).toMatchObject({ interestRunning: 500, total: 300_500 });
	expect(settlement(plan, [], '2026-02-05')).toMatchObject({ interestDue: 3_500, interestRunning: 0 });
});

const deferred = (deferralInterest: 'waived' | 'added' | 'capitalised') =>
	keptPlan({
		method: 'equalPrincipal',
		principal: 300_000,
		instalments: 2,
		periodicRate: { numerator: 1, denominator: 100 },
		firstDueDate: '2026-02-05',
		deferralMonths: 2,
		deferralInterest,
	});

test('of the empty months so much is owed as has accrued; capitalised it becomes principal month by month', () => {
	expect(settlement(deferred('waived'), [], '2026-02-19').total).toBe(300_000);
	expect(settlement(deferred('added'), [], '2026-02-19')).toMatchObject({ principal: 300_000, interestRunning: 4_500 });
	expect(settlement(deferred('capitalised'), [], '2026-02-19')).toMatchObject({
		principal: 303_000,
		interestRunning: 1_515,
	});
	// The first instalment: two empty months and its own.
	expect(settlement(deferred('added'), [], '2026-04-05')).toMatchObject({ interestDue: 9_000, interestRunning: 0 });
});

test('a plan signed after its first due date earns that month at once and no more', () => {
	const late = threeInstalments({ percent: 1, signedOn: '2026-02-07' });
	expect(settlement(late, [], '2026-02-07')).toMatchObject({ interestDue: 3_000, interestRunning: 0 });
});

test('a plan is complete on the first day whose figure was reached, not before', () => {
	expect(completedOn(FLAT, [pay('2026-01-15', 300_967)], '2026-03-01')).toBeUndefined();
	expect(completedOn(FLAT, [pay('2026-01-15', 300_968)], '2026-03-01')).toBe('2026-01-15');
	const two = [pay('2026-01-15', 100_000), pay('2026-02-05', 203_000)];
	expect(completedOn(FLAT, two, '2026-03-01')).toBe('2026-02-05');
});
