import type { Minor } from '#lib/domain/money.ts';
import type { WaiverAt, Waivers } from '#lib/domain/plan/product.ts';
import { shareOf } from '#lib/domain/rate.ts';

/** What an account owes on a day, in minor units (domain.md, "What is owed"). */
export interface OwedFigures {
	readonly principal: Minor;
	readonly billedInterest: Minor;
	readonly unbilledInterest: Minor;
	readonly billedFees: Minor;
	/** The late payment fees within `billedFees`, where they are known apart; a waiver's share is taken of these alone. */
	readonly billedLateFees?: Minor;
	readonly unbilledLateFees: Minor;
	readonly credit: Minor;
	readonly totalOutstanding: Minor;
	readonly pastDueAmount: Minor;
	readonly daysPastDue: number;
	readonly delinquencyBucket: string;
	readonly dailyInterest: Minor;
}

/** What a plan forgives, and when that holds for good. */
export interface Waived {
	readonly lateFees: Minor;
	readonly interest: Minor;
	readonly at: WaiverAt;
}

/**
 * The waivers of a plan: each share rounded half up over billed plus unbilled of its kind (domain.md, "Plans"). A
 * credit balance has paid part of the debt already, so no more is waived than is outstanding: late fees first.
 */
export function waive(figures: OwedFigures, waivers: Waivers): Waived {
	const fees = (figures.billedLateFees ?? figures.billedFees) + figures.unbilledLateFees;
	const interestOwed = figures.billedInterest + figures.unbilledInterest;
	const outstanding = Math.max(0, figures.totalOutstanding);
	const lateFees = Math.min(shareOf(fees, waivers.lateFeeShare), outstanding);
	const interest = Math.min(shareOf(interestOwed, waivers.interestShare), outstanding - lateFees);
	return { lateFees, interest, at: waivers.at };
}
