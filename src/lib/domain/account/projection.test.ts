import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CNY, CONVENTIONS, historyOf, timelineWith } from '#lib/domain/account/history.fixture.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { payoff, withPayment } from '#lib/domain/account/payoff.ts';
import { project, withStatement } from '#lib/domain/account/projection.ts';
import { nextCycle } from '#lib/domain/account/statement-cycle.ts';
import { addDays } from '#lib/domain/day.ts';

const A = timelineWith();
const MARCH = '2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00';
const overdue = historyOf([MARCH, '2025-02-20 purchase 10000.00', '2025-05-01 payment 1.00']);
const today = '2025-03-30';

describe('doing nothing', () => {
	const { days, history } = project(overdue, A, today, 'nothing');

	it('begins with today’s figures and looks 90 days ahead, without what is posted later', () => {
		expect(days).toHaveLength(91);
		expect(days[0]).toEqual({ on: today, paid: 0, owed: owed(overdue, A, today) });
		expect(days.at(-1)?.on).toBe('2025-06-28');
		expect(history.postings.filter(({ kind }) => kind === 'payment')).toEqual([]);
	});

	it('bills the engine’s own interest and fees on the same day of each month', () => {
		expect(history.postings.slice(1).map(({ postedOn, kind, amount }) => [postedOn, kind, amount])).toEqual([
			['2025-04-05', 'interest', 22000],
			['2025-04-05', 'late_fee', 5000],
			['2025-05-05', 'interest', 15330],
			['2025-05-05', 'late_fee', 11350],
			['2025-06-05', 'interest', 16079],
			['2025-06-05', 'late_fee', 17684],
		]);
		// A tenth of the principal, the cycle's interest and fees, and what is past due.
		expect(history.statements.slice(1).map((statement) => Object.values(statement) as unknown[])).toEqual([
			['2025-04-05', '2025-04-23', 1027000, 227000],
			['2025-05-05', '2025-05-23', 1053680, 353680],
			['2025-06-05', '2025-06-23', 1087443, 487443],
		]);
	});

	it('never lowers the total from one day to the next', () => {
		const totals = days.map((day) => day.owed.totalOutstanding);
		expect(totals).toEqual(totals.toSorted((a, b) => a - b));
	});
});

describe('paying the minimum', () => {
	const { days } = project(overdue, A, today, 'minimum');

	it('pays what is due already today, then each minimum on its due date', () => {
		expect(days.filter(({ paid }) => paid > 0).map(({ on, paid }) => [on, paid])).toEqual([
			[today, 100000],
			['2025-04-23', 116700],
			['2025-05-23', 94155],
			['2025-06-23', 85047],
		]);
	});

	it('leaves nothing past due on any day, and no fee but the one that had arisen', () => {
		expect(days.every((day) => day.owed.pastDueAmount === 0)).toBe(true);
		expect(days.filter((day) => day.owed.unbilledLateFees > 0).at(-1)?.on).toBe('2025-04-04');
	});

	it('goes to a given day where one is asked for', () => {
		expect(project(overdue, A, today, 'minimum', '2025-04-01').days).toHaveLength(3);
	});
});

it('without a statement there is no cycle, and what bears goes on bearing', () => {
	const { days, history } = project(historyOf(['2025-03-01 cash_advance 1000.00']), A, '2025-03-01', 'minimum');
	expect(history.statements).toEqual([]);
	expect(days.at(-1)?.owed.totalOutstanding).toBe(104500);
});

it('a statement of an account in credit is nought and asks for nothing', () => {
	const { statements } = withStatement(historyOf(['2025-03-01 payment 5.00']), A, {
		statementDate: '2025-03-05',
		dueDate: '2025-03-23',
	});
	expect(statements).toMatchObject([{ statementBalance: 0, minimumPaymentDue: 0 }]);
});

it('a statement that the core owes today is not in today’s figures, and in tomorrow’s it is', () => {
	const { days, history } = project(overdue, A, '2025-04-05', 'nothing');
	expect(days[0]?.owed).toEqual(owed(overdue, A, '2025-04-05'));
	expect(days[1]?.owed).toMatchObject({ billedInterest: 22000, unbilledInterest: 511, billedFees: 5000 });
	expect(history.statements.map(({ statementDate }) => statementDate).slice(0, 3)).toEqual([
		'2025-03-05',
		'2025-04-05',
		'2025-05-05',
	]);
});

describe('the dates of statements to come', () => {
	const dates = (lines: string[], after: string) => nextCycle(historyOf(lines).statements, after);
	const statement = (on: string, due: string) => `${on} due ${due} balance 1.00 minimum 1.00`;

	it('keep to the month’s end where an earlier statement shows it', () => {
		const lines = [statement('2025-01-31', '2025-02-18'), statement('2025-02-28', '2025-03-18')];
		expect(dates(lines, '2025-03-01')).toEqual({ statementDate: '2025-03-31', dueDate: '2025-04-18' });
		expect(dates(lines, '2025-04-15')).toEqual({ statementDate: '2025-04-30', dueDate: '2025-05-18' });
	});

	it('keep the distance to the due date where its day of the month wandered', () => {
		const lines = [statement('2025-01-28', '2025-02-17'), statement('2025-02-28', '2025-03-20')];
		expect(dates(lines, '2025-03-01')).toEqual({ statementDate: '2025-03-28', dueDate: '2025-04-17' });
	});

	it('skip months that have passed without a statement', () => {
		expect(dates([statement('2025-01-05', '2025-01-23')], '2025-06-05')?.statementDate).toBe('2025-07-05');
	});
});

describe('what can be paid today', () => {
	const lines = [MARCH, '2025-02-20 purchase 9000.00', '2025-02-21 cash_advance 1000.00', '2025-03-25 payment 300.00'];

	it('names the amount that gets current, that stops interest, and that settles everything', () => {
		const got = payoff(historyOf(lines), A, today);
		const now = owed(historyOf(lines), A, today);
		// 9.99 still bears less than half a fen a day.
		expect(got).toEqual({ getCurrent: 70000, stopInterest: 969001, payAll: now.totalOutstanding });
	});

	it('is nought where there is nothing to do', () => {
		expect(payoff(historyOf(['2025-03-01 payment 5.00']), A, today)).toEqual({
			getCurrent: 0,
			stopInterest: 0,
			payAll: 0,
		});
	});

	it('is enough to the fen, and a fen less is not', () => {
		const variants = [CONVENTIONS.A, CONVENTIONS.B, CONVENTIONS.C, { interestBase: 'unpaid_part' }].map((convention) =>
			timelineWith(convention),
		);
		const amount = fc.integer({ min: 1, max: 1_000_000 });
		const second = fc.record({ balance: amount, minimum: amount });
		const facts = fc.record({
			timeline: fc.constantFrom(...variants),
			bought: amount,
			paid: amount,
			fee: amount,
			second,
		});
		fc.assert(
			fc.property(facts, fc.nat(120), ({ timeline, bought, paid, fee, second: { balance, minimum } }, days) => {
				const on = addDays('2025-03-26', days);
				const history = {
					currency: CNY,
					// Whoever pays the second in full within its grace meets the minimum of the first, however large, at once.
					statements: [
						...historyOf([MARCH]).statements,
						{
							statementDate: '2025-04-05',
							dueDate: '2025-04-23',
							statementBalance: balance,
							minimumPaymentDue: Math.min(balance, minimum),
						},
					],
					postings: [
						{ postedOn: '2025-02-20', kind: 'purchase', amount: bought },
						{ postedOn: '2025-03-07', kind: 'cash_advance', amount: 5000 },
						{ postedOn: '2025-03-20', kind: 'payment', amount: paid },
						{ postedOn: '2025-03-21', kind: 'fee', amount: fee },
						{ postedOn: '2025-03-22', kind: 'interest', amount: 900 },
					] as const,
				};
				const { getCurrent, stopInterest } = payoff(history, timeline, on);
				const after = (payment: number) => owed(withPayment(history, on, payment), timeline, on);
				expect(after(getCurrent).pastDueAmount).toBe(0);
				expect(after(stopInterest).dailyInterest).toBe(0);
				if (getCurrent > 0) expect(after(getCurrent - 1).pastDueAmount).toBeGreaterThan(0);
				if (stopInterest > 0) expect(after(stopInterest - 1).dailyInterest).toBeGreaterThan(0);
			}),
			{ numRuns: 300 },
		);
	});
});
