import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CNY, CONVENTIONS, figures, timelineWith } from '#lib/domain/account/history.fixture.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { addDays } from '#lib/domain/day.ts';
import { currencyOf } from '#lib/domain/money.ts';

const A = timelineWith(CONVENTIONS.A);
const B = timelineWith(CONVENTIONS.B);
const C = timelineWith(CONVENTIONS.C);
const MARCH = '2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00';
const BOUGHT = '2025-02-20 purchase 10000.00';

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
		const timeline = timelineWith({ dailyInterestRate: '0.000499999999' });
		const amount = fc.integer({ min: 1e15, max: 4e15 });
		fc.assert(
			fc.property(amount, fc.integer({ min: 1, max: 3000 }), (balance, days) => {
				const advance = { postedOn: '2020-01-01', kind: 'cash_advance' as const, amount: balance };
				const history = { currency: CNY, statements: [], postings: [advance] };
				const numerator = BigInt(balance) * BigInt(days) * 499_999_999n;
				const { unbilledInterest } = owed(history, timeline, addDays('2020-01-01', days));
				expect(BigInt(unbilledInterest)).toBe((2n * numerator + 10n ** 12n) / (2n * 10n ** 12n));
			}),
		);
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
