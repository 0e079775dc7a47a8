import { describe, expect, it } from 'vitest';
import { figures, policyWith, timelineOf, timelineWith } from '#lib/domain/account/history.fixture.ts';

const MARCH = '2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00';
const BOUGHT = '2025-02-20 purchase 10000.00';

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
