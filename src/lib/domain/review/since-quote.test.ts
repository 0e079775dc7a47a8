import { expect, test } from 'vitest';
import { historyOf, OVERDUE_LINES as LINES, timelineWith } from '#lib/domain/account/history.fixture.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { sinceQuote } from '#lib/domain/review/since-quote.ts';

const timeline = timelineWith();
const asOf = '2026-09-20';
const quotedTotal = owed(historyOf(LINES), timeline, asOf).totalOutstanding;
const since = (more: readonly string[], today: string) =>
	sinceQuote({ history: historyOf([...LINES, ...more]), timeline }, { asOf, quotedTotal, today });

test('nothing has accrued on the day of the quote', () => {
	expect(since([], asOf)).toEqual({ asOf, today: asOf, change: 0, accrued: 0, posted: 0, joins: 0 });
});

test('what accrued is the interest of the days between, to the fen', () => {
	// 10,235.00 × 0.05% × 5 days.
	expect(since([], '2026-09-25')).toMatchObject({ change: 2559, accrued: 2559, posted: 0, joins: 2559 });
});

test('a payment makes the change negative, and what accrued and what was posted still sum to it', () => {
	const paid = since(['2026-09-22 payment 900.00'], '2026-09-25');
	// Two days on 10,235.00 and three on 10,235.00 less the 850.00 that met principal and interest.
	expect(paid).toMatchObject({ posted: -90_000, joins: 0 });
	expect(paid.accrued).toBeGreaterThan(0);
	expect(paid.change).toBe(paid.accrued - 90_000);
});

test('what a statement bills is no posting of its own, for it had accrued before', () => {
	const billed = [
		'2026-10-17 interest 153.53',
		'2026-10-17 late_fee 114.25',
		'2026-10-17 due 2026-11-05 balance 10552.78 minimum 2552.78',
	];
	// Of the billed interest three days had accrued at the quote: 153.53 − 15.35 + 114.25.
	expect(since(billed, '2026-10-17')).toMatchObject({ accrued: 25_243, posted: 0 });
});

test('what comes to be known late of the days before counts as posted', () => {
	expect(since(['2026-09-19 refund 100.00'], asOf)).toMatchObject({
		accrued: 0,
		change: since(['2026-09-19 refund 100.00'], asOf).posted,
	});
});
