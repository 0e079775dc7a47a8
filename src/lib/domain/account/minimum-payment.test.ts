import { describe, expect, it } from 'vitest';
import { CONVENTIONS, figures, timelineWith } from '#lib/domain/account/history.fixture.ts';

const A = timelineWith(CONVENTIONS.A);
const MARCH = '2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00';
const BOUGHT = '2025-02-20 purchase 10000.00';

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

	it('meets the earlier minimums too with a statement paid in full, what the tolerance left of them included', () => {
		const lines = [
			'2025-03-05 due 2025-03-23 balance 100.00 minimum 100.00',
			'2025-04-05 due 2025-04-23 balance 100.00 minimum 100.00',
			'2025-02-20 purchase 100.00',
			'2025-04-20 payment 95.00',
		];
		expect(figures(lines, A, '2025-04-19')).toMatchObject({ pastDueAmount: '100.00', daysPastDue: 27 });
		expect(figures(lines, A, '2025-04-20')).toMatchObject({ pastDueAmount: '0.00', daysPastDue: 0 });
	});

	it('bounds what is past due by what statements contain, that of the day itself included', () => {
		const lines = [
			'2025-03-05 due 2025-03-23 balance 500.00 minimum 500.00',
			'2025-04-05 due 2025-04-23 balance 1300.00 minimum 630.00',
			'2025-02-20 purchase 500.00',
			'2025-03-04 refund 200.00',
			'2025-03-20 purchase 900.00',
			'2025-04-05 purchase 100.00',
		];
		expect(figures(lines, A, '2025-04-04').pastDueAmount).toBe('300.00');
		expect(figures(lines, A, '2025-04-05').pastDueAmount).toBe('500.00');
	});
});
