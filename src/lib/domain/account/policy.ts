import type { Minor } from '#lib/domain/money.ts';
import type { Rate } from '#lib/domain/rate.ts';

/** The kinds between which a credit is allocated; `fee` holds late payment fees too. */
export const ALLOCATION_KINDS = ['interest', 'fee', 'principal'] as const;

export type AllocationKind = (typeof ALLOCATION_KINDS)[number];

/** A bank's rules for one account, as exact values; amounts are minor units of the account's currency. */
export interface Policy {
	readonly code: string;
	readonly dailyInterestRate: Rate;
	/** `unpaid_part`: a purchase bears interest on no more than what was left of it when grace ended. */
	readonly interestBase: 'full_statement' | 'unpaid_part';
	/** Whether a statement bills the interest of its own date too. */
	readonly statementDayIncluded: boolean;
	/** Whether the day of a credit still bears interest on the balance before it. */
	readonly paymentDayAtOldBalance: boolean;
	/** Whether billed interest bears interest. */
	readonly compoundInterest: boolean;
	readonly graceDays: number;
	readonly shortfallTolerance: Minor;
	readonly latePaymentFee: {
		readonly rate: Rate;
		readonly minimum: Minor;
		readonly maximumPerPeriod: Minor | null;
	};
	readonly allocation: {
		readonly upTo90Days: readonly AllocationKind[];
		readonly over90Days: readonly AllocationKind[];
	};
	/** The share of principal in a minimum payment of our own reckoning (looking ahead). */
	readonly minimumPaymentRate: Rate;
}
