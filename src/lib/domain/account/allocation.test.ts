import { describe, expect, it } from 'vitest';
import { CONVENTIONS, figures, timelineWith } from '#lib/domain/account/history.fixture.ts';

const A = timelineWith(CONVENTIONS.A);
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

	it('keeps its order while the cap leaves nothing past due, however old the minimum is', () => {
		const refunded = [
			'2025-03-05 due 2025-03-23 balance 100.00 minimum 100.00',
			'2025-02-20 purchase 100.00',
			'2025-03-04 refund 100.00',
		];
		const since = ['2025-06-24 cash_advance 50.00', '2025-06-24 fee 10.00', '2025-06-25 payment 5.00'];
		expect(figures([...refunded, ...since], A, '2025-06-25')).toMatchObject({ principal: '50.00', billedFees: '5.00' });
	});
});
