import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { WaiverAt } from '#lib/domain/plan/product.ts';
import type { DeferralInterest, Method } from '#lib/domain/plan/schedule.ts';

/** What was owed on the day of the approved figures, part by part; `totalOutstanding` is the sum less the credit. */
export interface OwedParts {
	readonly principal: Minor;
	readonly billedInterest: Minor;
	readonly unbilledInterest: Minor;
	readonly billedFees: Minor;
	readonly unbilledLateFees: Minor;
	readonly credit: Minor;
	readonly totalOutstanding: Minor;
}

/** One instalment of an agreement; `total` is principal, interest and what accrued until signing. */
export interface AgreedInstalment {
	readonly number: number;
	readonly dueDate: Day;
	readonly principal: Minor;
	readonly interest: Minor;
	readonly accrued: Minor;
	readonly total: Minor;
	readonly balanceAfter: Minor;
}

/**
 * Everything that an agreement states, from which its paper is written in any language (domain.md, "Agreement contents").
 * Amounts are in minor units of `currency`; annual rates are percentages as exact decimals.
 */
export interface AgreementFacts {
	readonly reference: string;
	readonly applicationReference: string;
	readonly quoteNumber: number;
	/** SHA-256 of the approved terms and schedule, in hex. */
	readonly termsHash: string;
	readonly bankName: string;
	/** Empty where the bank gave none: then it is the number on the card. */
	readonly bankPhone: string;
	readonly cardholderName: string;
	readonly cardLast4: string;
	readonly productNames: Readonly<Record<string, string>>;
	readonly offeredOn: Day;
	readonly signBy: Date;
	readonly timeZone: string;
	/** The language whose version prevails. */
	readonly bindingLocale: string;
	readonly currency: string;
	/** The day of the approved figures. */
	readonly asOf: Day;
	readonly owed: OwedParts;
	readonly waived: { readonly lateFees: Minor; readonly interest: Minor; readonly at: WaiverAt };
	readonly principal: Minor;
	readonly method: Method;
	readonly instalments: number;
	readonly deferralMonths: number;
	readonly deferralInterest: DeferralInterest | null;
	/** The rate of a month as an exact decimal or fraction. */
	readonly periodicRate: string;
	readonly annualRateSimple: string;
	readonly annualRateEffective: string;
	readonly totalInterest: Minor;
	readonly totalPayable: Minor;
	/** What accrued from the day of the figures to the day of signing and joins the first instalment; null where it is waived. */
	readonly accrued: { readonly until: Day; readonly amount: Minor } | null;
	readonly rows: readonly AgreedInstalment[];
	readonly cureDays: number;
}
