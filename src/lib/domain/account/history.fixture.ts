import type { AccountHistory, PostingKind } from '#lib/domain/account/history.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { owedJson } from '#lib/domain/account/owed-json.ts';
import type { OwedJson } from '#lib/domain/account/owed-json.ts';
import { parsePolicy } from '#lib/domain/account/parse-policy.ts';
import type { Policy } from '#lib/domain/account/policy.ts';
import { policyTimeline, unchangingPolicy } from '#lib/domain/account/policy-timeline.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import type { Day } from '#lib/domain/day.ts';
import { currencyOf, parseAmount } from '#lib/domain/money.ts';
import type { Currency, Minor } from '#lib/domain/money.ts';

export const CNY: Currency = currencyOf('CNY');

/** The classic tariff (0.05% a day, 3 days of grace, tolerance 10.00, fee 5% from 10.00), with what a test changes of it. */
export function policyWith(changes: Readonly<Record<string, unknown>> = {}, currency = CNY): Policy {
	const order = ['interest', 'fee', 'principal'];
	const classic = {
		code: 'test',
		dailyInterestRate: '0.0005',
		interestBase: 'full_statement',
		statementDayIncluded: false,
		paymentDayAtOldBalance: false,
		compoundInterest: true,
		graceDays: 3,
		shortfallTolerance: '10.00',
		latePaymentFee: { rate: '0.05', minimum: '10.00', maximumPerPeriod: null },
		allocation: { upTo90Days: order, over90Days: ['principal', 'interest', 'fee'] },
	};
	const parsed = parsePolicy({ ...classic, ...changes }, currency);
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
	return parsed.policy;
}

/** That policy, unchanging. */
export function timelineWith(changes: Readonly<Record<string, unknown>> = {}, currency = CNY): PolicyTimeline {
	return unchangingPolicy(policyWith(changes, currency));
}

/** Versions of a policy by their effective days; the first may have none. */
export function timelineOf(...versions: readonly [Day | undefined, Policy][]): PolicyTimeline {
	const built = policyTimeline(versions.map(([effectiveOn, policy]) => ({ effectiveOn, policy })));
	if (!built.ok) throw new Error(JSON.stringify(built.problem));
	return built.timeline;
}

/** Conventions found in print, by the letter that domain.md gives them. */
export const CONVENTIONS = {
	A: { statementDayIncluded: false, paymentDayAtOldBalance: false },
	B: { statementDayIncluded: true, paymentDayAtOldBalance: false },
	C: { statementDayIncluded: true, paymentDayAtOldBalance: true },
};

/**
 * A history from lines: statements as "2025-03-05 due 2025-03-23 balance 10000.00 minimum 1000.00", postings as
 * "2025-02-20 purchase 10000.00".
 */
export function historyOf(lines: readonly string[], currency = CNY): AccountHistory {
	const words = lines.map((line) => line.split(' '));
	const amount = (text: string | undefined): Minor => {
		const minor = parseAmount(text ?? '', currency);
		if (minor === undefined) throw new Error(`not an amount: ${String(text)}`);
		return minor;
	};
	return {
		currency,
		statements: words
			.filter(([, word]) => word === 'due')
			.map(([statementDate = '', , dueDate = '', , balance, , minimum]) => ({
				statementDate,
				dueDate,
				statementBalance: amount(balance),
				minimumPaymentDue: amount(minimum),
			})),
		postings: words
			.filter(([, word]) => word !== 'due')
			.map(([postedOn = '', kind, text]) => ({ postedOn, kind: kind as PostingKind, amount: amount(text) })),
	};
}

/** The figures of a history as JSON, which is how the examples print them. */
export function figures(lines: readonly string[], timeline: PolicyTimeline, asOf: Day, currency = CNY): OwedJson {
	return owedJson(owed(historyOf(lines, currency), timeline, asOf), currency);
}

/** A purchase that was not paid by its due date: the next statement bills its interest and a late payment fee. */
export const OVERDUE_LINES: readonly string[] = [
	'2026-08-01 purchase 10000.00',
	'2026-08-17 due 2026-09-05 balance 10000.00 minimum 1000.00',
	'2026-09-17 interest 235.00',
	'2026-09-17 late_fee 50.00',
	'2026-09-17 due 2026-10-05 balance 10285.00 minimum 2285.00',
];
