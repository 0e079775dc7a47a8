import type { AccountHistory } from '#lib/domain/account/history.ts';
import type { Policy } from '#lib/domain/account/policy.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { type Currency, formatAmount } from '#lib/domain/money.ts';
import { formatRate } from '#lib/domain/rate.ts';

/** A history as plain JSON, in the order in which it stands; `parseHistory` reads the same history back. */
export function historyJson({ currency, statements, postings }: AccountHistory) {
	return {
		statements: statements.map((statement) => ({
			statementDate: statement.statementDate,
			dueDate: statement.dueDate,
			statementBalance: formatAmount(statement.statementBalance, currency),
			minimumPaymentDue: formatAmount(statement.minimumPaymentDue, currency),
		})),
		postings: postings.map(({ postedOn, kind, amount }) => ({
			postedOn,
			kind,
			amount: formatAmount(amount, currency),
		})),
	};
}

/** A policy's versions as plain JSON, the oldest first; `policyBook` reads the same timeline back. */
export function timelineJson({ versions }: PolicyTimeline, currency: Currency) {
	return versions.map(({ policy, effectiveOn }) => ({
		...policyJson(policy, currency),
		...(effectiveOn !== undefined && { effectiveOn }),
	}));
}

function policyJson(policy: Policy, currency: Currency) {
	const { latePaymentFee: fee, allocation } = policy;
	return {
		code: policy.code,
		dailyInterestRate: formatRate(policy.dailyInterestRate),
		interestBase: policy.interestBase,
		statementDayIncluded: policy.statementDayIncluded,
		paymentDayAtOldBalance: policy.paymentDayAtOldBalance,
		compoundInterest: policy.compoundInterest,
		graceDays: policy.graceDays,
		shortfallTolerance: formatAmount(policy.shortfallTolerance, currency),
		latePaymentFee: {
			rate: formatRate(fee.rate),
			minimum: formatAmount(fee.minimum, currency),
			maximumPerPeriod: fee.maximumPerPeriod === null ? null : formatAmount(fee.maximumPerPeriod, currency),
		},
		allocation: { upTo90Days: [...allocation.upTo90Days], over90Days: [...allocation.over90Days] },
		minimumPaymentRate: formatRate(policy.minimumPaymentRate),
	};
}
