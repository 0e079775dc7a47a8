import { expect, it } from 'vitest';
import { contradictions } from '#lib/domain/account/contradiction.ts';
import { historyOf } from '#lib/domain/account/history.fixture.ts';
import type { PostingKind } from '#lib/domain/account/history.ts';

const MARCH = '2025-03-05 due 2025-03-23 balance 100.00 minimum 10.00';
const APRIL = '2025-04-05 due 2025-04-23 balance 100.00 minimum 10.00';
const codes = (lines: readonly string[], openedOn?: string) =>
	contradictions(historyOf(lines), openedOn).map(({ code, record, index }) => `${record} ${String(index)}: ${code}`);

it('a history in order has none, in whatever order its lines stand', () => {
	expect(codes([APRIL, MARCH, '2025-03-01 purchase 100.00'], '2025-03-01')).toEqual([]);
	expect(codes(['2025-03-05 due 2025-03-05 balance 1.00 minimum 1.00'], '2025-03-05')).toEqual([]);
});

it.each<[string, readonly string[], readonly string[]]>([
	[
		'a statement due before its date',
		['2025-03-05 due 2025-03-04 balance 1.00 minimum 1.00'],
		['statement 0: due_before_statement_date'],
	],
	['two statements on one date', [MARCH, APRIL, MARCH], ['statement 2: two_statements_on_one_date']],
	[
		'a due date before an earlier one',
		['2025-03-05 due 2025-04-24 balance 1.00 minimum 1.00', APRIL],
		['statement 1: due_before_earlier_due_date'],
	],
	[
		'a minimum below nought',
		['2025-03-05 due 2025-03-23 balance 1.00 minimum -1.00'],
		['statement 0: minimum_below_nought'],
	],
	[
		'a posting of nought or less',
		['2025-03-01 fee 0.00', '2025-03-01 fee -1.00'],
		['posting 0: amount_not_above_nought', 'posting 1: amount_not_above_nought'],
	],
	['a day that does not exist', ['2025-02-29 fee 1.00'], ['posting 0: day_does_not_exist']],
	['a kind that nobody knows', ['2025-02-28 gift 1.00'], ['posting 0: unknown_kind']],
	['amounts whose sum is no safe integer', ['2025-02-28 fee 60000000000000.00'], ['account 0: amounts_too_large']],
])('%s is named with its place', (_, lines, expected) => {
	expect(codes(lines)).toEqual(expected);
});

it('a posting or statement before the account was opened is named', () => {
	expect(codes([MARCH, '2025-02-20 purchase 1.00', '2025-03-06 purchase 1.00'], '2025-03-06')).toEqual([
		'statement 0: before_opening',
		'posting 0: before_opening',
	]);
});

it('an amount that is not a whole number of minor units is named', () => {
	const posting = { postedOn: '2025-03-01', kind: 'fee' as PostingKind, amount: 0.5 };
	const [found] = contradictions({ ...historyOf([]), postings: [posting] });
	expect(found).toEqual({ code: 'amount_not_whole', record: 'posting', index: 0, day: '2025-03-01' });
});
