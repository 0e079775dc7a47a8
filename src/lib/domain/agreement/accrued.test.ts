import { expect, test } from 'vitest';
import { historyOf, OVERDUE_LINES as LINES, timelineWith } from '#lib/domain/account/history.fixture.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { accruedSince, agreedInstalments } from '#lib/domain/agreement/accrued.ts';

const timeline = timelineWith();
const asOf = '2026-09-20';
const quotedTotal = owed(historyOf(LINES), timeline, asOf).totalOutstanding;
const accruedWith = (more: readonly string[], today: string) =>
	accruedSince({ history: historyOf([...LINES, ...more]), timeline }, { asOf, quotedTotal, today });

test('what accrues is the daily interest of the days between, and nought on the day itself', () => {
	expect(accruedWith([], asOf)).toBe(0);
	// 10,235.00 × 0.05% × 5 days.
	expect(accruedWith([], '2026-09-25')).toBe(2559);
});

test('a purchase made since does not count, and a payment made since lowers it', () => {
	expect(accruedWith(['2026-09-22 purchase 500.00'], '2026-09-25')).toBe(2559);
	expect(accruedWith(['2026-09-22 payment 10.00'], '2026-09-25')).toBeLessThan(2559);
	expect(accruedWith(['2026-09-22 payment 900.00'], '2026-09-25')).toBe(0);
});

test('it joins the first instalment alone', () => {
	const row = { dueDate: '2026-10-25', principal: 100, interest: 5, total: 105, balanceAfter: 0 };
	const rows = [1, 2].map((number) => ({ ...row, number }));
	expect(agreedInstalments(rows, 7).map(({ accrued, total }) => [accrued, total])).toEqual([
		[7, 112],
		[0, 105],
	]);
});
