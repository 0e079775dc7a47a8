import { expect, it } from 'vitest';
import { formatExact, roundRunning } from '#lib/domain/account/exact-amount.ts';
import {
	CNY,
	CONVENTIONS,
	historyOf,
	policyWith,
	timelineOf,
	timelineWith,
} from '#lib/domain/account/history.fixture.ts';
import { ledgerJson } from '#lib/domain/account/ledger-json.ts';
import { ledger } from '#lib/domain/account/ledger.ts';

const MARCH = '2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00';
const lines = [MARCH, '2025-02-20 purchase 10000.00', '2025-03-20 payment 100.00', '2025-04-01 payment 3000.00'];

it('interest opens into balance, days and rate, cut where the balance fell', () => {
	const { unbilledInterest } = ledger(historyOf(lines), timelineWith(), '2025-04-03');
	const spans = unbilledInterest.map(({ balance, from, to, days, amount }) => [balance, from, to, days, amount]);
	expect(spans).toEqual([
		[1000000, '2025-02-20', '2025-03-19', 28, 14000],
		[990000, '2025-03-20', '2025-03-31', 12, 5940],
		[690000, '2025-04-01', '2025-04-02', 2, 690],
	]);
	expect(unbilledInterest[0]).toMatchObject({
		debit: { posting: 0, kind: 'purchase', postedOn: '2025-02-20', amount: 1000000, statementDate: '2025-03-05' },
		rate: { numerator: 5, denominator: 10_000 },
		policyEffectiveOn: undefined,
	});
});

it('under C the day of a credit stands on the line of the balance before it', () => {
	const { unbilledInterest } = ledger(historyOf(lines), timelineWith(CONVENTIONS.C), '2025-04-02');
	expect(unbilledInterest.map(({ balance, to }) => [balance, to])).toEqual([
		[1000000, '2025-03-20'],
		[990000, '2025-04-01'],
		[690000, '2025-04-02'],
	]);
});

it('interest is cut where the policy changed, with the version that each line bears', () => {
	const milder = policyWith({ dailyInterestRate: '0.00035' });
	const timeline = timelineOf([undefined, policyWith()], ['2025-03-06', milder]);
	const { unbilledInterest } = ledger(historyOf(['2025-03-01 cash_advance 1000.00']), timeline, '2025-03-11');
	expect(unbilledInterest.map((line) => [line.policyEffectiveOn, line.days, line.rate.numerator, line.amount])).toEqual(
		[
			[undefined, 5, 5, 250],
			['2025-03-06', 5, 35, 175],
		],
	);
});

it('says which statement lost its interest-free period, and when, and which was paid in full', () => {
	const lost = ledger(historyOf(lines), timelineWith(), '2025-03-27').statements;
	expect(lost).toMatchObject([
		{
			graceEndsOn: '2025-03-26',
			interestFreePeriodLostOn: '2025-03-27',
			paidInFullOn: undefined,
			creditedInTime: 10000,
		},
	]);
	const inGrace = ledger(historyOf(lines), timelineWith(), '2025-03-26').statements;
	expect(inGrace).toMatchObject([{ interestFreePeriodLostOn: undefined, isPastDue: false, incrementUnpaid: 90000 }]);
	const paid = ledger(historyOf([...lines, '2025-03-26 payment 9890.00']), timelineWith(), '2025-03-27').statements;
	expect(paid).toMatchObject([{ interestFreePeriodLostOn: undefined, paidInFullOn: '2025-03-26', incrementUnpaid: 0 }]);
});

it('opens a late payment fee into its base', () => {
	const rules = { latePaymentFee: { rate: '0.05', minimum: '10.00', maximumPerPeriod: '30.00' } };
	const { unbilledLateFees } = ledger(historyOf(lines), timelineWith(rules), '2025-03-27');
	expect(unbilledLateFees).toEqual([
		{
			statementDate: '2025-03-05',
			dueDate: '2025-03-23',
			graceEndsOn: '2025-03-26',
			minimumPaymentDue: 100000,
			paid: 10000,
			shortfall: 90000,
			rate: { numerator: 5, denominator: 100 },
			share: 4500,
			minimumFee: 1000,
			maximumPerPeriod: 3000,
			amount: 3000,
		},
	]);
});

it('shows what a credit settled, met later, voided and left', () => {
	const { credits, billedFees } = ledger(
		historyOf([
			'2025-03-01 fee 5.00',
			'2025-03-02 waiver_fee 3.00',
			'2025-03-03 payment 10.00',
			'2025-03-03 waiver_fee 1.00',
			'2025-03-04 fee 6.00',
		]),
		timelineWith(),
		'2025-03-04',
	);
	expect(
		credits.map(({ posting, settled, metLater, void: voided, left }) => [posting, settled, metLater, voided, left]),
	).toEqual([
		[1, 300, 0, 0, 0],
		[2, 200, 600, 0, 200],
		[3, 0, 0, 100, 0],
	]);
	expect(billedFees[0]?.settlements).toEqual([
		{ posting: 1, postedOn: '2025-03-02', amount: 300, leftAfter: 200 },
		{ posting: 2, postedOn: '2025-03-03', amount: 200, leftAfter: 0 },
	]);
});

it('is written for JSON with decimals, and survives it', () => {
	const account = historyOf([...lines, '2025-03-27 refund 1.00']);
	const json = ledgerJson(ledger(account, timelineWith(), '2025-04-03'), CNY);
	expect(JSON.parse(JSON.stringify(json))).toEqual(json);
	expect(json).toMatchObject({ asOf: '2025-04-03', principal: '6899.00', totalOutstanding: '7150.30' });
	expect(json.lines.unbilledInterest[0]).toMatchObject({
		balance: '10000.00',
		rate: '0.0005',
		exact: '140.00',
		amount: '140.00',
	});
	expect(json.lines.unbilledLateFees).toMatchObject([
		{ shortfall: '900.00', rate: '0.05', maximumPerPeriod: null, amount: '45.00' },
	]);
	expect(json.lines.statements).toMatchObject([
		{ paidInFullOn: null, interestFreePeriodLostOn: '2025-03-27', policyEffectiveOn: null },
	]);
	expect(json.lines.principal[0]?.settlements.at(-1)).toMatchObject({ amount: '3000.00', leftAfter: '6899.00' });
});

it('rounds only the running total, so that thirds of a fen sum to the fen', () => {
	const third = { numerator: 1n, denominator: 3n };
	expect(roundRunning([third, third, third])).toEqual([0, 1, 0]);
	expect(roundRunning([])).toEqual([]);
});

it('writes an exact amount as a full decimal, or as a quotient of minor units', () => {
	expect(formatExact({ numerator: 12_345n, denominator: 10_000n }, CNY)).toBe('0.012345');
	expect(formatExact({ numerator: 50_000n, denominator: 1n }, CNY)).toBe('500.00');
	expect(formatExact({ numerator: 10n, denominator: 7n }, CNY)).toBe('10/7');
	expect(formatExact({ numerator: 15n, denominator: 10n }, { code: 'JPY', digits: 0 })).toBe('1.5');
});
