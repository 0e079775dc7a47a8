import { expect, test } from 'vitest';
import { addMonths } from '#lib/domain/day.ts';
import { schedule, TooLargeError } from '#lib/domain/plan/schedule.ts';
import type { PlanTerms } from '#lib/domain/plan/schedule.ts';
import { parseRate } from '#lib/domain/rate.ts';

const terms = (changes: Partial<PlanTerms>): PlanTerms => ({
	method: 'equalInstalments',
	principal: 100_000,
	instalments: 3,
	periodicRate: parseRate('0.01')!,
	firstDueDate: '2026-08-31',
	deferralMonths: 0,
	deferralInterest: null,
	...changes,
});
const nought = parseRate('0')!;

test('equal instalments are equal but for the last, which takes what is left', () => {
	const { rows } = schedule(terms({}));
	expect(rows.map((row) => row.total)).toEqual([34_002, 34_002, 34_003]);
	expect(rows.map((row) => row.interest)).toEqual([1_000, 670, 337]);
	expect(rows.at(-1)!.balanceAfter).toBe(0);
});

test('equal principal bears interest on the balance', () => {
	const { rows } = schedule(terms({ method: 'equalPrincipal' }));
	expect(rows.map((row) => row.principal)).toEqual([33_333, 33_333, 33_334]);
	expect(rows.map((row) => row.interest)).toEqual([1_000, 667, 333]);
});

test('a flat fee is the same each month, whatever the balance', () => {
	const { rows } = schedule(terms({ method: 'flatFee' }));
	expect(rows.map((row) => row.interest)).toEqual([1_000, 1_000, 1_000]);
});

test('at a rate of nought every method is the same', () => {
	const [first, ...others] = (['equalInstalments', 'equalPrincipal', 'flatFee'] as const).map((method) =>
		schedule(terms({ method, periodicRate: nought })),
	);
	for (const other of others) expect(other).toEqual(first);
});

test('no instalment repays more than the balance, where a few fen are spread over many months', () => {
	const { rows } = schedule(terms({ principal: 5, instalments: 10, periodicRate: nought }));
	expect(rows.map((row) => row.principal)).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
	const fewer = schedule(terms({ principal: 4, instalments: 10, periodicRate: nought }));
	expect(fewer.rows.map((row) => row.principal)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 4]);
});

test('a deferral that waives its interest moves the dates and nothing else', () => {
	const plain = schedule(terms({}));
	const deferred = schedule(terms({ deferralMonths: 6, deferralInterest: 'waived' }));
	expect(deferred.rows.map((row) => row.dueDate)).toEqual(['2027-02-28', '2027-03-31', '2027-04-30']);
	expect(deferred.rows.map((row) => row.dueDate)).toEqual(
		plain.rows.map((_, index) => addMonths('2026-08-31', 6 + index)),
	);
	expect(deferred.rows.map((row) => row.total)).toEqual(plain.rows.map((row) => row.total));
});

test('added interest stands in the first instalment, month by month rounded', () => {
	const plain = schedule(terms({ principal: 150 }));
	const deferred = schedule(terms({ principal: 150, deferralMonths: 3, deferralInterest: 'added' }));
	// 1.5 fen a month is 2 fen a month, so 6 and not 4.5 rounded
	expect(deferred.rows[0]!.total - plain.rows[0]!.total).toBe(6);
	expect(deferred.rows.slice(1).map((row) => row.total)).toEqual(plain.rows.slice(1).map((row) => row.total));
});

test('capitalised interest joins the balance that is repaid, and counts as interest of the plan', () => {
	const one = schedule(terms({ instalments: 1, deferralMonths: 2, deferralInterest: 'capitalised' }));
	expect(one.capitalised).toBe(2_010);
	expect(one.rows[0]).toMatchObject({ principal: 102_010, interest: 1_020, total: 103_030, balanceAfter: 0 });
	expect(one.totalInterest).toBe(3_030);
});

test('amounts whose products pass the safe integers stay exact', () => {
	const { rows, totalInterest } = schedule(
		terms({
			method: 'equalPrincipal',
			principal: 7_000_000_000_000_001,
			instalments: 2,
			periodicRate: parseRate('0.0003')!,
		}),
	);
	expect(rows.map((row) => row.principal)).toEqual([3_500_000_000_000_001, 3_500_000_000_000_000]);
	expect(rows.map((row) => row.interest)).toEqual([2_100_000_000_000, 1_050_000_000_000]);
	expect(totalInterest).toBe(3_150_000_000_000);
});

test('a plan that comes to more than can be counted exactly is refused, never rounded', () => {
	const most = Number.MAX_SAFE_INTEGER;
	expect(() => schedule(terms({ principal: most }))).toThrow(TooLargeError);
	expect(() => schedule(terms({ principal: most, deferralMonths: 1, deferralInterest: 'capitalised' }))).toThrow(
		TooLargeError,
	);
	expect(schedule(terms({ principal: most, periodicRate: nought })).totalPayable).toBe(most);
});

test('terms that make no sense are a mistake of the caller', () => {
	for (const changes of [
		{ principal: -1 },
		{ principal: 0.5 },
		{ instalments: 0 },
		{ instalments: 0, method: 'flatFee' as const },
		{ instalments: 1.5 },
		{ deferralMonths: -1 },
		{ deferralMonths: 2 },
		{ deferralInterest: 'waived' as const },
	]) {
		expect(() => schedule(terms(changes)), JSON.stringify(changes)).toThrow(RangeError);
	}
});
