import type { Owed } from '#lib/domain/account/owed.ts';
import type { DelinquencyBucket } from '#lib/domain/account/past-due.ts';
import { formatAmount } from '#lib/domain/money.ts';
import type { Currency } from '#lib/domain/money.ts';

/** The figures as they stand in JSON: amounts as decimals with exactly the currency's digits. */
export interface OwedJson {
	readonly principal: string;
	readonly billedInterest: string;
	readonly unbilledInterest: string;
	readonly billedFees: string;
	readonly unbilledLateFees: string;
	readonly credit: string;
	readonly totalOutstanding: string;
	readonly pastDueAmount: string;
	readonly daysPastDue: number;
	readonly delinquencyBucket: DelinquencyBucket;
	readonly dailyInterest: string;
}

/** The figures with amounts as decimal strings, in the order of the keys that stays put. */
export function owedJson(owed: Owed, currency: Currency): OwedJson {
	const amount = (minor: number) => formatAmount(minor, currency);
	return {
		principal: amount(owed.principal),
		billedInterest: amount(owed.billedInterest),
		unbilledInterest: amount(owed.unbilledInterest),
		billedFees: amount(owed.billedFees),
		unbilledLateFees: amount(owed.unbilledLateFees),
		credit: amount(owed.credit),
		totalOutstanding: amount(owed.totalOutstanding),
		pastDueAmount: amount(owed.pastDueAmount),
		daysPastDue: owed.daysPastDue,
		delinquencyBucket: owed.delinquencyBucket,
		dailyInterest: amount(owed.dailyInterest),
	};
}
