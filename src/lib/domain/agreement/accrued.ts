import type { AccountHistory } from '#lib/domain/account/history.ts';
import { owed } from '#lib/domain/account/owed.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import type { AgreedInstalment } from '#lib/domain/agreement/agreement-facts.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { ScheduleRow } from '#lib/domain/plan/schedule.ts';

/**
 * What accrued by itself between the day of the approved figures and today: how the account as it was that day grows until
 * today, so that a purchase made since counts for nothing; and never more than it really grew, so that a payment made since is
 * to the cardholder's good. Nought or more.
 */
export function accruedSince(
	{ history, timeline }: { readonly history: AccountHistory; readonly timeline: PolicyTimeline },
	{ asOf, quotedTotal, today }: { readonly asOf: Day; readonly quotedTotal: Minor; readonly today: Day },
): Minor {
	const then: AccountHistory = {
		...history,
		statements: history.statements.filter(({ statementDate }) => statementDate <= asOf),
		postings: history.postings.filter(({ postedOn }) => postedOn <= asOf),
	};
	const byItself = owed(then, timeline, today).totalOutstanding - owed(then, timeline, asOf).totalOutstanding;
	const inAll = owed(history, timeline, today).totalOutstanding - quotedTotal;
	return Math.max(0, Math.min(byItself, inAll));
}

/** The approved instalments, the first with what accrued until signing. */
export function agreedInstalments(rows: readonly ScheduleRow[], accrued: Minor): AgreedInstalment[] {
	return rows.map((row, index) => {
		const joins = index === 0 ? accrued : 0;
		return { ...row, accrued: joins, total: row.total + joins };
	});
}
