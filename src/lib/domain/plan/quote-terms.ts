import { currencyOf, formatAmount } from '#lib/domain/money.ts';
import type { Minor } from '#lib/domain/money.ts';
import { formatBasisPoints } from '#lib/domain/plan/annual-rate.ts';
import { formatRate } from '#lib/domain/plan/rate-text.ts';
import type { Quote } from '#lib/domain/plan/quote.ts';

/**
 * A quote as it is kept and hashed: plain JSON in which every amount, rate and percentage is a decimal string (the keys
 * of interface.md, "JSON"). The server hashes `canonicalText` of it; the hash then stands for terms and schedule.
 */
export type QuoteTerms = ReturnType<typeof quoteTerms>;

/** The terms of a quote as plain JSON. Product data that does not bind the cardholder (eligibility) is left out. */
export function quoteTerms({ product, currency, asOf, figures, waived, terms, schedule, annualRates }: Quote) {
	const known = currencyOf(currency);
	const show = (amount: Minor): string => formatAmount(amount, known);
	return {
		format: 'quote-2',
		product: { code: product.code, version: product.version, kind: product.kind },
		currency,
		asOf,
		owed: {
			principal: show(figures.principal),
			billedInterest: show(figures.billedInterest),
			unbilledInterest: show(figures.unbilledInterest),
			billedFees: show(figures.billedFees),
			unbilledLateFees: show(figures.unbilledLateFees),
			credit: show(figures.credit),
			totalOutstanding: show(figures.totalOutstanding),
			pastDueAmount: show(figures.pastDueAmount),
			daysPastDue: figures.daysPastDue,
			delinquencyBucket: figures.delinquencyBucket,
			dailyInterest: show(figures.dailyInterest),
		},
		waived: { lateFees: show(waived.lateFees), interest: show(waived.interest), at: waived.at },
		accrual: product.accrual,
		validityDays: product.validityDays,
		cureDays: product.cureDays,
		method: terms.method,
		principal: show(terms.principal),
		instalments: terms.instalments,
		periodicRate: formatRate(terms.periodicRate),
		firstDueDate: terms.firstDueDate,
		deferralMonths: terms.deferralMonths,
		deferralInterest: terms.deferralInterest,
		annualRateSimple: formatBasisPoints(annualRates.simple),
		annualRateEffective: formatBasisPoints(annualRates.effective),
		totalInterest: show(schedule.totalInterest),
		totalPayable: show(schedule.totalPayable),
		rows: schedule.rows.map((row) => ({
			number: row.number,
			dueDate: row.dueDate,
			principal: show(row.principal),
			interest: show(row.interest),
			total: show(row.total),
			balanceAfter: show(row.balanceAfter),
		})),
	};
}
