import { owedWithLateFees } from '#lib/domain/account/owed-with-late-fees.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { currencyOf, formatAmount, parseAmount } from '#lib/domain/money.ts';
import { formatBasisPoints } from '#lib/domain/plan/annual-rate.ts';
import { canonicalText } from '#lib/domain/plan/canonical-text.ts';
import { parseProduct } from '#lib/domain/plan/parse-product.ts';
import { type QuoteTerms, quoteTerms } from '#lib/domain/plan/quote-terms.ts';
import { quoteFor } from '#lib/domain/plan/quoted-account.ts';
import { workOut } from '#lib/domain/plan/work-out.ts';
import { parseRate } from '#lib/domain/rate.ts';
import type { FrozenPlan } from '#lib/domain/review/frozen-decision.ts';

/** The history and policies of an account as they are read back. */
export interface KnownAccount {
	readonly history: AccountHistory;
	readonly timeline: PolicyTimeline;
}

/** The terms of a plan worked out anew from an account as it was known; undefined where nothing comes of it. */
export function replayTerms(
	{ terms, from }: Pick<FrozenPlan, 'terms' | 'from'>,
	account: KnownAccount | undefined,
): QuoteTerms | undefined {
	const product = from && parseProduct(from.product);
	if (!from || !product?.ok || !account) return undefined;
	const history = { ...account.history, postings: account.history.postings.slice(0, from.postings) };
	const { currency, asOf, instalments, deferralMonths, firstDueDate } = terms;
	const figures = owedWithLateFees(history, account.timeline, asOf);
	const made = quoteFor(
		product.product,
		{ figures, currency, asOf, firstDueDate },
		{ instalments, deferralMonths, firstDueDate },
	);
	return made.ok ? quoteTerms(made.quote) : undefined;
}

/** Every figure of a plan's terms by name, with the hash over all of them. */
export function planFigures(terms: QuoteTerms, hash: (text: string) => string): Readonly<Record<string, string>> {
	return {
		...named('owed.', terms.owed),
		'waived.lateFees': terms.waived.lateFees,
		'waived.interest': terms.waived.interest,
		...scheduleFigures(terms),
		termsHash: hash(canonicalText(terms)),
	};
}

/** The figures that follow from a plan's own terms: principal, schedule, totals and annual rates. */
export function scheduleFigures(terms: QuoteTerms): Readonly<Record<string, string>> {
	const { principal, totalInterest, totalPayable, annualRateSimple, annualRateEffective } = terms;
	const rows = terms.rows.map(({ number, dueDate, total, balanceAfter }) => [
		`instalment ${String(number)}`,
		`${dueDate} ${total} (${balanceAfter} left)`,
	]);
	return {
		principal,
		totalInterest,
		totalPayable,
		annualRateSimple,
		annualRateEffective,
		...(Object.fromEntries(rows) as Record<string, string>),
	};
}

/** Terms with principal, schedule, totals and annual rates worked out anew from the rest of them. */
export function replaySchedule(terms: QuoteTerms): QuoteTerms | undefined {
	const currency = currencyOf(terms.currency);
	const [outstanding, lateFees, interest] = [
		terms.owed.totalOutstanding,
		terms.waived.lateFees,
		terms.waived.interest,
	].map((text) => parseAmount(text, currency));
	const periodicRate = parseRate(terms.periodicRate);
	if (outstanding === undefined || lateFees === undefined || interest === undefined || !periodicRate) return undefined;
	const { method, instalments, firstDueDate, deferralMonths, deferralInterest } = terms;
	const principal = outstanding - lateFees - interest;
	if (principal <= 0) return undefined;
	const worked = workOut({
		method,
		principal,
		instalments,
		periodicRate,
		firstDueDate,
		deferralMonths,
		deferralInterest,
	});
	if (!worked) return undefined;
	const show = (amount: number) => formatAmount(amount, currency);
	const { plan, rates } = worked;
	return {
		...terms,
		principal: show(principal),
		totalInterest: show(plan.totalInterest),
		totalPayable: show(plan.totalPayable),
		annualRateSimple: formatBasisPoints(rates.simple),
		annualRateEffective: formatBasisPoints(rates.effective),
		rows: plan.rows.map((row) => ({
			number: row.number,
			dueDate: row.dueDate,
			principal: show(row.principal),
			interest: show(row.interest),
			total: show(row.total),
			balanceAfter: show(row.balanceAfter),
		})),
	};
}

function named(prefix: string, figures: object): Record<string, string> {
	return Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${prefix}${name}`, String(value)]));
}
