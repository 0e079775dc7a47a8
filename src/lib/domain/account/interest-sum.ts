import type { AccountState } from '#lib/domain/account/account-state.ts';
import type { Debit } from '#lib/domain/account/debit.ts';
import { accrue, bearsInterest } from '#lib/domain/account/interest.ts';
import type { InterestSink } from '#lib/domain/account/interest.ts';
import { versionOn } from '#lib/domain/account/policy-timeline.ts';
import type { PolicyVersion } from '#lib/domain/account/policy-timeline.ts';
import type { Minor } from '#lib/domain/money.ts';
import { roundHalfUp, shareOf } from '#lib/domain/rate.ts';

/** The interest that no statement has billed, summed exactly and rounded half up once. */
export function unbilledInterest(state: AccountState): Minor {
	const sum = new QuickSum();
	accrue(state, sum);
	const { rateDenominator } = state.timeline;
	// No term is below nought, so a sum that ended safe was exact at every step.
	if (sum.total <= Number.MAX_SAFE_INTEGER / 2) {
		const remainder = sum.total % rateDenominator;
		return (sum.total - remainder) / rateDenominator + (remainder * 2 >= rateDenominator ? 1 : 0);
	}
	const exact = new ExactSum();
	accrue(state, exact);
	return roundHalfUp(exact.total, BigInt(rateDenominator));
}

/** One day's interest on what bears interest already, at the balances and the rate of the state's day, half up. */
export function dailyInterest(state: AccountState): Minor {
	return shareOf(bearingBalance(state), versionOn(state.timeline, state.asOf).policy.dailyInterestRate);
}

/** What is left of the debits that bear interest on the state's day. */
export function bearingBalance(state: AccountState): Minor {
	let bearing = 0;
	for (const { debits, head } of [state.principal, state.interest]) {
		for (let index = head; index < debits.length; index++) {
			const debit = debits[index];
			if (debit && bearsInterest(state, debit)) bearing += debit.left;
		}
	}
	return bearing;
}

/** Interest over the timeline's common denominator, in plain integers. */
class QuickSum implements InterestSink {
	total = 0;

	span(_debit: Debit, balance: Minor, from: number, to: number, version: PolicyVersion): void {
		this.total += balance * (to - from + 1) * version.rateNumerator;
	}
}

/** The same at any size. */
class ExactSum implements InterestSink {
	total = 0n;

	span(_debit: Debit, balance: Minor, from: number, to: number, version: PolicyVersion): void {
		this.total += BigInt(balance) * BigInt(to - from + 1) * BigInt(version.rateNumerator);
	}
}
