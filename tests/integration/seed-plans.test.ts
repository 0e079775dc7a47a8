import { expect, test } from 'vitest';
import { REASONS } from '#lib/domain/application/reason.ts';
import { ineligibilities } from '#lib/domain/plan/eligibility.ts';
import { listOfferedProducts } from '#lib/server/plan/read-products.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

test('the seeded set holds every kind of plan that the domain names', async () => {
	const products = await listOfferedProducts(database.db);
	const has = (is: (product: (typeof products)[number]) => boolean) => expect(products.some(is)).toBe(true);
	const spans = (numbers: readonly number[]) => Math.min(...numbers) === 3 && Math.max(...numbers) === 60;
	has(({ instalments, periodicRate }) => spans(instalments) && periodicRate.numerator === 0);
	has(({ instalments, periodicRate }) => spans(instalments) && periodicRate.numerator > 0);
	for (const method of ['equalInstalments', 'equalPrincipal', 'flatFee']) {
		has((product) => product.method === method && product.kind === 'instalments' && product.periodicRate.numerator > 0);
	}
	for (const treatment of ['waived', 'added', 'capitalised']) {
		const defers = products.filter(({ deferralInterest }) => deferralInterest === treatment);
		expect(defers.every(({ deferralMonths }) => deferralMonths.join() === '1,2,3,4,5,6')).toBe(true);
		const numbers = defers.flatMap(({ instalments }) => instalments);
		expect([numbers.includes(1), numbers.some((number) => number > 1)]).toEqual([true, true]);
	}
	for (const at of ['signing', 'completion'] as const) {
		has(({ waivers }) => waivers.at === at && waivers.lateFeeShare.numerator > 0);
		has(({ waivers }) => waivers.at === at && waivers.interestShare.numerator > 0);
	}
});

test('whoever gives a reason is offered three to five plans, whatever they owe and for how long', async () => {
	const products = await listOfferedProducts(database.db);
	for (const reason of REASONS) {
		for (const daysPastDue of [1, 30, 31, 60, 61, 90, 91, 200]) {
			for (const amount of [50_000, 4_999_999, 5_000_000, 5_000_001, 30_000_000]) {
				const situation = { reason, daysPastDue, amount, evidence: [] };
				const open = products.filter(({ eligibility }) =>
					ineligibilities(eligibility, situation).every((why) => why === 'evidence_missing'),
				);
				expect(open.length, JSON.stringify(situation)).toBeGreaterThanOrEqual(3);
				expect(open.length, JSON.stringify(situation)).toBeLessThanOrEqual(5);
			}
		}
	}
});
