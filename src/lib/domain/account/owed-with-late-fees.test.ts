import { expect, test } from 'vitest';
import { historyOf, timelineWith } from '#lib/domain/account/history.fixture.ts';
import { ledger } from '#lib/domain/account/ledger.ts';
import { owedWithLateFees } from '#lib/domain/account/owed-with-late-fees.ts';

const lines = [
	'2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00',
	'2025-02-20 purchase 10000.00',
	'2025-02-21 fee 300.00',
	'2025-04-05 due 2025-04-23 balance 10350.00 minimum 1350.00',
	'2025-04-05 late_fee 50.00',
	'2025-04-06 payment 310.00',
];

test('late fees are told apart from other fees, and the figures are those that the ledger opens', () => {
	for (const asOf of ['2025-03-01', '2025-04-05', '2025-04-06', '2025-05-20']) {
		const found = owedWithLateFees(historyOf(lines), timelineWith(), asOf);
		const { figures, billedFees } = ledger(historyOf(lines), timelineWith(), asOf);
		const late = billedFees.filter(({ kind }) => kind === 'late_fee').reduce((sum, { left }) => sum + left, 0);
		expect(found).toEqual({ ...figures, billedLateFees: late });
	}
	expect(owedWithLateFees(historyOf(lines), timelineWith(), '2025-04-06')).toMatchObject({
		billedFees: 4000,
		billedLateFees: 4000,
	});
});
