import type { AccountState } from '#lib/domain/account/account-state.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import { bearingBalance } from '#lib/domain/account/interest-sum.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { pastDueOn } from '#lib/domain/account/past-due.ts';
import { versionOn } from '#lib/domain/account/policy-timeline.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { replay } from '#lib/domain/account/replay.ts';
import { dayNumber } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import { mostWithoutShare } from '#lib/domain/rate.ts';

/** Steps from below before the span is halved: the kinds that are settled one after another are three. */
const STEPS = 4;

/** What can be paid on a day, in minor units; nought where there is nothing to do. */
export interface Payoff {
	/** The least payment after which nothing is past due. */
	readonly getCurrent: Minor;
	/** The least payment after which what bears interest already bears less than half a minor unit a day. */
	readonly stopInterest: Minor;
	/** The total outstanding. */
	readonly payAll: Minor;
}

/** What to pay on the day to get current, to stop interest, and to be free of it all. */
export function payoff(history: AccountHistory, timeline: PolicyTimeline, on: Day): Payoff {
	const day = dayNumber(on);
	const now = owed(history, timeline, on);
	const most = now.principal + now.billedInterest + now.billedFees;
	const harmless = mostWithoutShare(versionOn(timeline, day).policy.dailyInterestRate);
	const least = (excessOf: (after: AccountState) => Minor) =>
		leastPayment((payment) => excessOf(replay(withPayment(history, on, payment), timeline, day)), most);
	return {
		getCurrent: least((after) => pastDueOn(after, day).amount),
		stopInterest: least((after) => Math.max(0, bearingBalance(after) - harmless)),
		payAll: Math.max(0, now.totalOutstanding),
	};
}

/** The history with a payment as the last posting of a day; nothing is added for nought. */
export function withPayment(history: AccountHistory, postedOn: Day, amount: Minor): AccountHistory {
	if (amount === 0) return history;
	return { ...history, postings: [...history.postings, { postedOn, kind: 'payment', amount }] };
}

/**
 * The least payment that leaves no excess, found by few replays: nearly always a payment lowers the excess by at most itself, so
 * what is in excess after too little is paid on top, and what leaves none is the least where one minor unit less leaves some. A
 * statement that is paid in full meets earlier minimums at once, and what is settled first may not bear interest at all: then the
 * span is halved. A greater payment never leaves more past due or bearing, and `most` leaves none.
 */
function leastPayment(excessAfter: (payment: Minor) => Minor, most: Minor): Minor {
	let excess = excessAfter(0);
	if (excess === 0) return 0;
	let tooLittle = 0;
	let enough = most;
	for (let step = 0; step < STEPS && excess > 0; step++) {
		const payment = Math.min(tooLittle + excess, most);
		excess = excessAfter(payment);
		if (excess > 0) tooLittle = payment;
		else enough = payment;
	}
	let payment = enough - 1;
	while (enough - tooLittle > 1) {
		if (excessAfter(payment) > 0) tooLittle = payment;
		else enough = payment;
		payment = Math.floor((tooLittle + enough) / 2);
	}
	return enough;
}
