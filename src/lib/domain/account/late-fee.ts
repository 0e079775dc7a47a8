import { lastStatement } from '#lib/domain/account/account-state.ts';
import type { AccountState } from '#lib/domain/account/account-state.ts';
import type { StatementStanding } from '#lib/domain/account/statement-standing.ts';
import type { Policy } from '#lib/domain/account/policy.ts';
import type { Minor } from '#lib/domain/money.ts';
import { shareOf } from '#lib/domain/rate.ts';

/**
 * The late payment fee on a shortfall of the minimum: the rate's share of it, rounded half up, at least the minimum fee
 * and at most the period's maximum; nought where nothing was short.
 */
export function latePaymentFee(rules: Policy['latePaymentFee'], shortfall: Minor): Minor {
	if (shortfall <= 0) return 0;
	const fee = Math.max(shareOf(shortfall, rules.rate), rules.minimum);
	return rules.maximumPerPeriod === null ? fee : Math.min(fee, rules.maximumPerPeriod);
}

/** What a statement's minimum was short of by the end of its grace; nought where it was paid in full. */
export function shortfallOf(standing: StatementStanding): Minor {
	if (standing.paidInFullOn !== undefined) return 0;
	return Math.max(0, standing.statement.minimumPaymentDue - standing.credited);
}

/**
 * A statement's late payment fee while it has arisen and no later statement has posted it: from the day after grace
 * until the first statement dated after the end of grace; nought otherwise, and where a late payment fee was posted
 * after the due date, waived or not.
 */
export function unbilledLateFee(state: AccountState, standing: StatementStanding): Minor {
	const { graceEnd, dueDate, version } = standing;
	const last = lastStatement(state);
	if (graceEnd >= state.asOf || last === undefined || last.date > graceEnd || state.lateFeePostedOn > dueDate) return 0;
	return latePaymentFee(version.policy.latePaymentFee, shortfallOf(standing));
}

/** The sum of the late payment fees that no statement has posted yet, each rounded by itself. */
export function unbilledLateFees(state: AccountState): Minor {
	let fees = 0;
	for (const standing of state.statements) fees += unbilledLateFee(state, standing);
	return fees;
}
