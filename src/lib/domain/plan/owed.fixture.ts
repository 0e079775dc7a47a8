import type { OwedFigures } from '#lib/domain/plan/waiver.ts';

/** An account 45 days past due that owes ¥12,345.67, for tests. */
export const OWED: OwedFigures = {
	principal: 1_100_000,
	billedInterest: 80_001,
	unbilledInterest: 30_000,
	billedFees: 20_000,
	unbilledLateFees: 4_566,
	credit: 0,
	totalOutstanding: 1_234_567,
	pastDueAmount: 150_000,
	daysPastDue: 45,
	delinquencyBucket: 'M2',
	dailyInterest: 550,
};
