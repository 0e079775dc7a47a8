import { expect, test } from 'vitest';
import { OWED } from '#lib/domain/plan/owed.fixture.ts';
import { productWith } from '#lib/domain/plan/product.fixture.ts';
import { waive } from '#lib/domain/plan/waiver.ts';

const shares = (lateFeeShare: string, interestShare: string) =>
	productWith({ waivers: { lateFeeShare, interestShare, at: 'signing' } }).waivers;

test('each share is rounded half up over billed plus unbilled of its kind', () => {
	// 110,001 of interest in halves is 55,000.5; 24,566 of fees entire
	expect(waive(OWED, shares('1', '0.5'))).toEqual({ lateFees: 24_566, interest: 55_001, at: 'signing' });
	expect(waive(OWED, shares('0', '0'))).toEqual({ lateFees: 0, interest: 0, at: 'signing' });
});

test('other fees are not waived where late payment fees are known apart', () => {
	expect(waive({ ...OWED, billedLateFees: 5_000 }, shares('1', '0')).lateFees).toBe(9_566);
});

test('no more is waived than a credit balance left outstanding', () => {
	const owed = { ...OWED, principal: 0, billedInterest: 0, billedFees: 0, credit: 10_000, totalOutstanding: 24_566 };
	expect(waive(owed, shares('1', '1'))).toMatchObject({ lateFees: 4_566, interest: 20_000 });
	expect(waive({ ...owed, credit: 50_000, totalOutstanding: -15_434 }, shares('1', '1'))).toMatchObject({
		lateFees: 0,
		interest: 0,
	});
});
