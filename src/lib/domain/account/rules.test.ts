import { describe, expect, it } from 'vitest';
import { CONVENTIONS, figures, policyWith, timelineOf, timelineWith } from '#lib/domain/account/history.fixture.ts';
import { currencyOf } from '#lib/domain/money.ts';

const A = timelineWith(CONVENTIONS.A);
const B = timelineWith(CONVENTIONS.B);
const C = timelineWith(CONVENTIONS.C);
const MARCH = '2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00';
const BOUGHT = '2025-02-20 purchase 10000.00';

describe('allocation', () => {
	it('settles the oldest of a kind first, in the policy’s order of kinds', () => {
		const lines = [
			'2025-03-01 cash_advance 100.00',
			'2025-03-02 fee 7.00',
			'2025-03-02 interest 5.00',
			'2025-03-03 cash_advance 200.00',
			'2025-03-04 payment 62.00',
		];
		expect(figures(lines, A, '2025-03-04')).toMatchObject({
			principal: '250.00',
			billedInterest: '0.00',
			billedFees: '0.00',
			dailyInterest: '0.13',
		});
		const feesFirst = timelineWith({
			allocation: { upTo90Days: ['fee', 'principal', 'interest'], over90Days: ['principal', 'interest', 'fee'] },
		});
		expect(figures(lines, feesFirst, '2025-03-04')).toMatchObject({ principal: '245.00', billedInterest: '5.00' });
	});

	it('voids what a waiver exceeds its own kind by, whatever else is owed', () => {
		const lines = ['2025-03-01 cash_advance 100.00', '2025-03-01 fee 7.00', '2025-03-02 waiver_interest 50.00'];
		expect(figures([...lines, '2025-03-02 waiver_fee 9.00'], A, '2025-03-02')).toMatchObject({
			principal: '100.00',
			billedFees: '0.00',
			credit: '0.00',
		});
	});

	it('counts a waiver for what it settled when it was taken, in file order within the day', () => {
		const before = [MARCH, '2025-02-20 purchase 9000.00', '2025-02-20 fee 1000.00'];
		const waiverFirst = [...before, '2025-03-20 waiver_fee 900.00', '2025-03-20 payment 200.00'];
		const paymentFirst = [...before, '2025-03-20 payment 200.00', '2025-03-20 waiver_fee 900.00'];
		// 900.00 + 200.00 against 200.00 + 800.00: both meet the minimum of 1000.00, and no more than it settled counts.
		expect(figures(waiverFirst, A, '2025-03-27')).toMatchObject({ principal: '8900.00', pastDueAmount: '0.00' });
		expect(figures(paymentFirst, A, '2025-03-27')).toMatchObject({ principal: '9000.00', pastDueAmount: '0.00' });
		const short = [...before, '2025-03-20 payment 200.01', '2025-03-20 waiver_fee 900.00'];
		expect(figures(short, A, '2025-03-27')).toMatchObject({ pastDueAmount: '0.00', unbilledLateFees: '0.00' });
		const shorter = [...before, '2025-03-20 waiver_interest 900.00', '2025-03-20 payment 200.00'];
		expect(figures(shorter, A, '2025-03-27')).toMatchObject({ pastDueAmount: '800.00', unbilledLateFees: '40.00' });
	});

	it('keeps a credit balance for the next debits of every kind', () => {
		const lines = ['2025-03-01 payment 100.00', '2025-03-02 fee 30.00', '2025-03-02 cash_advance 80.00'];
		expect(figures(lines, A, '2025-03-01')).toMatchObject({ credit: '100.00', totalOutstanding: '-100.00' });
		expect(figures(lines, A, '2025-03-02')).toMatchObject({ principal: '10.00', credit: '0.00', billedFees: '0.00' });
	});

	it('turns the order on day 91 by the days before the credit’s own day, not by what it pays itself', () => {
		const lines = [MARCH, BOUGHT, '2025-03-01 fee 50.00', '2025-06-22 payment 1000.00', '2025-06-22 payment 20.00'];
		expect(figures(lines, A, '2025-06-22')).toMatchObject({ principal: '8980.00', billedFees: '50.00' });
		const apart = [...lines.slice(0, 4), '2025-06-23 payment 20.00'];
		expect(figures(apart, A, '2025-06-23')).toMatchObject({ principal: '9000.00', billedFees: '30.00' });
	});
});

describe('interest', () => {
	it('under C bears on the posting day only on what a standing credit left of a debit', () => {
		const met = ['2025-03-01 payment 40.00', '2025-03-02 cash_advance 10040.00'];
		expect(figures(met, C, '2025-03-02').unbilledInterest).toBe('5.00');
		const sameDay = ['2025-03-02 payment 40.00', '2025-03-02 cash_advance 10040.00'];
		expect(figures(sameDay, C, '2025-03-02').unbilledInterest).toBe('5.00');
		const paidAfter = ['2025-03-02 cash_advance 10040.00', '2025-03-02 payment 40.00'];
		expect(figures(paidAfter, C, '2025-03-02').unbilledInterest).toBe('5.02');
		expect(figures(paidAfter, B, '2025-03-02').unbilledInterest).toBe('5.00');
	});

	it('under C bears a whole day on the balance before the first of a day’s credits, a waiver among them', () => {
		const lines = ['2025-03-01 cash_advance 9000.00', '2025-03-01 interest 1000.00'];
		const credits = ['2025-03-03 waiver_interest 1000.00', '2025-03-03 payment 5000.00'];
		// Principal bears on the 1st to 3rd, billed interest from the day after it was billed.
		expect(figures([...lines, ...credits], C, '2025-03-03').unbilledInterest).toBe('14.50');
		expect(figures([...lines, ...credits], C, '2025-03-04').unbilledInterest).toBe('16.50');
		expect(figures([...lines, ...credits], C, '2025-03-03').dailyInterest).toBe('2.00');
	});

	it('does not bear on billed interest where the policy does not compound', () => {
		const lines = ['2025-03-01 interest 1000.00', '2025-03-01 cash_advance 1000.00'];
		const simple = timelineWith({ compoundInterest: false });
		expect(figures(lines, A, '2025-03-11')).toMatchObject({ unbilledInterest: '10.00', dailyInterest: '1.00' });
		expect(figures(lines, simple, '2025-03-11')).toMatchObject({ unbilledInterest: '5.00', dailyInterest: '0.50' });
	});

	it('never bears on fees', () => {
		const lines = ['2025-03-01 fee 1000.00', '2025-03-01 late_fee 1000.00'];
		expect(figures(lines, A, '2025-04-11')).toMatchObject({ unbilledInterest: '0.00', dailyInterest: '0.00' });
	});

	it('spares purchases of a statement paid in full, and not a cash advance on it', () => {
		const lines = [
			'2025-03-05 due 2025-03-23 balance 2000.00 minimum 200.00',
			'2025-03-01 purchase 1000.00',
			'2025-03-01 cash_advance 1000.00',
			'2025-03-26 refund 1990.00',
		];
		// 21 days of 1000.00 from the statement on, then 4 days of the 10.00 that the tolerance left, all of it advance.
		expect(figures(lines, A, '2025-03-30')).toMatchObject({ principal: '10.00', unbilledInterest: '10.52' });
	});

	it('under unpaid_part counts the days before the end of grace on no more than what it left', () => {
		const unpaidPart = timelineWith({ interestBase: 'unpaid_part' });
		const lines = [MARCH, BOUGHT, '2025-03-26 payment 4000.00', '2025-03-29 payment 1000.00'];
		// 37 days of 6000.00 from 20 February, then 2 days of 5000.00.
		expect(figures(lines, unpaidPart, '2025-03-31').unbilledInterest).toBe('116.00');
		const underC = timelineWith({ interestBase: 'unpaid_part', ...CONVENTIONS.C });
		expect(figures(lines, underC, '2025-03-30').unbilledInterest).toBe('116.50');
	});

	it('is summed unrounded: two halves of a fen are one', () => {
		expect(figures(['2025-03-01 cash_advance 10.00'], A, '2025-03-02').unbilledInterest).toBe('0.01');
		const two = ['2025-03-01 cash_advance 10.00', '2025-03-01 cash_advance 10.00'];
		expect(figures(two, A, '2025-03-02').unbilledInterest).toBe('0.01');
	});

	it('stays exact where balance × days × rate exceeds a safe integer', () => {
		const lines = ['2025-01-01 cash_advance 30000000000000.01'];
		expect(figures(lines, A, '2026-01-01').unbilledInterest).toBe('5475000000000.00');
		expect(figures(lines, timelineWith({ dailyInterestRate: '0.000499999999' }), '2026-01-01')).toMatchObject({
			unbilledInterest: '5474999989050.00',
		});
	});
});

describe('minimum payment and late payment fee', () => {
	const FEBRUARY = '2025-02-05 due 2025-03-02 balance 3000.00 minimum 300.00';
	const OVERLAPPING = '2025-03-05 due 2025-03-07 balance 3000.00 minimum 600.00';

	it('counts two fees where a second grace ends before a statement has posted the first', () => {
		const got = figures([FEBRUARY, OVERLAPPING, '2025-01-20 purchase 3000.00'], A, '2025-03-11');
		expect(got).toMatchObject({ unbilledLateFees: '45.00', pastDueAmount: '600.00', daysPastDue: 9 });
	});

	it('lets the first statement after the end of grace post the fee, whether it did or not', () => {
		const april = '2025-04-05 due 2025-04-23 balance 10220.00 minimum 2000.00';
		expect(figures([MARCH, april, BOUGHT], A, '2025-04-04').unbilledLateFees).toBe('50.00');
		expect(figures([MARCH, april, BOUGHT], A, '2025-04-05').unbilledLateFees).toBe('0.00');
	});

	it('counts no fee beside one posted after the due date, waived or not, and one posted on it is another', () => {
		expect(figures([MARCH, BOUGHT, '2025-03-24 late_fee 50.00'], A, '2025-03-27').unbilledLateFees).toBe('0.00');
		expect(figures([MARCH, BOUGHT, '2025-03-23 late_fee 50.00'], A, '2025-03-27').unbilledLateFees).toBe('50.00');
		const waived = [MARCH, BOUGHT, '2025-03-27 late_fee 50.00', '2025-03-27 waiver_fee 50.00'];
		expect(figures(waived, A, '2025-03-28')).toMatchObject({ unbilledLateFees: '0.00', billedFees: '0.00' });
	});

	it('keeps the fee within its floor and its cap, and takes none where nothing was short', () => {
		const fee = (rate: string, minimum: string, maximumPerPeriod: string | null, paid: string) =>
			figures(
				[MARCH, BOUGHT, `2025-03-26 payment ${paid}`],
				timelineWith({ latePaymentFee: { rate, minimum, maximumPerPeriod } }),
				'2025-03-27',
			).unbilledLateFees;
		expect(fee('0.05', '10.00', null, '999.99')).toBe('10.00');
		expect(fee('0.05', '10.00', null, '1000.00')).toBe('0.00');
		expect(fee('0.05', '0.00', '30.00', '0.01')).toBe('30.00');
		expect(fee('0.05', '0.00', null, '999.91')).toBe('0.00');
		expect(fee('0.05', '0.00', null, '999.90')).toBe('0.01');
	});

	it('takes a credit on the statement date before the statement', () => {
		const onTheDate = [MARCH, BOUGHT, '2025-03-05 payment 1000.00'];
		expect(figures(onTheDate, A, '2025-03-27')).toMatchObject({ pastDueAmount: '1000.00', unbilledLateFees: '50.00' });
	});

	it('gives a statement no increment where earlier ones outgrow its minimum, and lets those stand', () => {
		const april = '2025-04-05 due 2025-04-23 balance 10000.00 minimum 400.00';
		const got = figures([MARCH, april, BOUGHT, '2025-04-26 payment 300.00'], A, '2025-04-27');
		expect(got).toMatchObject({ pastDueAmount: '700.00', daysPastDue: 35 });
	});

	it('does not carry forward what a payment exceeds the increments by', () => {
		const april = '2025-04-05 due 2025-04-23 balance 5220.00 minimum 700.00';
		const got = figures([MARCH, april, BOUGHT, '2025-03-20 payment 5000.00'], A, '2025-04-27');
		expect(got).toMatchObject({ pastDueAmount: '700.00', daysPastDue: 4 });
	});

	it('meets a minimum whose balance is within the tolerance', () => {
		const lines = ['2025-03-05 due 2025-03-23 balance 10.00 minimum 10.00', '2025-02-20 purchase 10.00'];
		expect(figures(lines, A, '2025-05-01')).toMatchObject({ pastDueAmount: '0.00', unbilledLateFees: '0.00' });
	});

	it('takes a credit balance off what may be past due', () => {
		const lines = ['2025-03-05 due 2025-03-23 balance 500.00 minimum 500.00', '2025-03-01 payment 20.00'];
		expect(figures(lines, A, '2025-04-01')).toMatchObject({ pastDueAmount: '0.00', delinquencyBucket: 'M0' });
	});
});

describe('a policy that changes midway', () => {
	const classic = policyWith();
	const milder = policyWith({
		dailyInterestRate: '0.00035',
		graceDays: 10,
		latePaymentFee: { rate: '0.01', minimum: '0.00', maximumPerPeriod: null },
	});

	it('bears each day at the rate of that day’s version', () => {
		const timeline = timelineOf([undefined, classic], ['2025-03-06', milder]);
		// 5 days at 0.0005 up to the 5th, 5 at 0.00035 from the 6th on.
		expect(figures(['2025-03-01 cash_advance 1000.00'], timeline, '2025-03-11')).toMatchObject({
			unbilledInterest: '4.25',
			dailyInterest: '0.35',
		});
	});

	it('judges a statement by the version of its date', () => {
		const before = timelineOf(['2020-01-01', classic], ['2025-03-06', milder]);
		expect(figures([MARCH, BOUGHT], before, '2025-03-27')).toMatchObject({
			pastDueAmount: '1000.00',
			unbilledLateFees: '50.00',
		});
		const after = timelineOf(['2020-01-01', classic], ['2025-03-05', milder]);
		expect(figures([MARCH, BOUGHT], after, '2025-03-27')).toMatchObject({ pastDueAmount: '0.00' });
		expect(figures([MARCH, BOUGHT], after, '2025-04-03')).toMatchObject({ unbilledLateFees: '10.00' });
	});

	it('changes nothing that was reckoned before it took effect', () => {
		const changed = timelineOf([undefined, classic], ['2025-04-01', milder]);
		const lines = [MARCH, BOUGHT, '2025-03-20 payment 100.00'];
		expect(figures(lines, changed, '2025-03-31')).toEqual(figures(lines, timelineWith(), '2025-03-31'));
	});
});

describe('currencies', () => {
	it.each([
		['JPY', '100000', '1000'],
		['KWD', '100.000', '1.000'],
	])('reckons in %s with its own digits', (code, bought, interest) => {
		const currency = currencyOf(code);
		const timeline = timelineWith({}, currency);
		const got = figures([`2025-03-01 cash_advance ${bought}`], timeline, '2025-03-21', currency);
		expect(got).toMatchObject({ principal: bought, unbilledInterest: interest });
	});
});
