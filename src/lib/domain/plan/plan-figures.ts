import type { OwedParts } from '#lib/domain/agreement/agreement-facts.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { formatBasisPoints } from '#lib/domain/plan/annual-rate.ts';
import type { Accrual, ProductKind, WaiverAt } from '#lib/domain/plan/product.ts';
import type { Quote } from '#lib/domain/plan/quote.ts';
import { formatRate } from '#lib/domain/plan/rate-text.ts';
import type { DeferralInterest, Method, ScheduleRow } from '#lib/domain/plan/schedule.ts';

/** A plan's terms in minor units, as pages show them; rates are percentages as exact decimals ("7.38"). */
export interface PlanFigures {
	readonly productCode: string;
	readonly productVersion: number;
	readonly kind: ProductKind;
	readonly currency: string;
	readonly asOf: Day;
	/** What was owed that day, all told. */
	readonly totalOutstanding: Minor;
	/** The parts that it was made of. */
	readonly owed: OwedParts;
	readonly waived: { readonly lateFees: Minor; readonly interest: Minor; readonly at: WaiverAt };
	readonly accrual: Accrual;
	readonly validityDays: number;
	/** How many days a missed instalment can be made good. */
	readonly cureDays: number;
	/** The rate of a month as an exact decimal or fraction. */
	readonly periodicRate: string;
	readonly method: Method;
	readonly principal: Minor;
	readonly instalments: number;
	readonly deferralMonths: number;
	/** The ordinary first due date, from which a deferral counts on. */
	readonly firstDueDate: Day;
	readonly deferralInterest: DeferralInterest | null;
	readonly annualRateSimple: string;
	readonly annualRateEffective: string;
	readonly totalInterest: Minor;
	readonly totalPayable: Minor;
	readonly highestInstalment: Minor;
	readonly rows: readonly ScheduleRow[];
}

/** A quote just worked out, as pages show it; the same figures as those of its kept terms. */
export function figuresOfQuote(quote: Quote): PlanFigures {
	const { product, figures, terms, schedule, annualRates } = quote;
	const { principal, billedInterest, unbilledInterest, billedFees, unbilledLateFees, credit } = figures;
	const { totalOutstanding } = figures;
	return {
		productCode: product.code,
		productVersion: product.version,
		kind: product.kind,
		currency: quote.currency,
		asOf: quote.asOf,
		totalOutstanding,
		owed: { principal, billedInterest, unbilledInterest, billedFees, unbilledLateFees, credit, totalOutstanding },
		waived: quote.waived,
		accrual: product.accrual,
		validityDays: product.validityDays,
		cureDays: product.cureDays,
		periodicRate: formatRate(terms.periodicRate),
		method: terms.method,
		principal: terms.principal,
		instalments: terms.instalments,
		deferralMonths: terms.deferralMonths,
		firstDueDate: terms.firstDueDate,
		deferralInterest: terms.deferralInterest,
		annualRateSimple: formatBasisPoints(annualRates.simple),
		annualRateEffective: formatBasisPoints(annualRates.effective),
		totalInterest: schedule.totalInterest,
		totalPayable: schedule.totalPayable,
		highestInstalment: quote.highestInstalment,
		rows: schedule.rows,
	};
}
