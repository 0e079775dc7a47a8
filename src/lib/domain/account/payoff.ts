import type { AccountHistory } from '#lib/domain/account/history.ts';
import { owed } from '#lib/domain/account/owed.ts';
import type { Owed } from '#lib/domain/account/owed.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

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
	const now = owed(history, timeline, on);
	const least = (isEnough: (after: Owed) => boolean) => leastPayment(history, timeline, on, now, isEnough);
	return {
		getCurrent: least(({ pastDueAmount }) => pastDueAmount === 0),
		stopInterest: least(({ dailyInterest }) => dailyInterest === 0),
		payAll: Math.max(0, now.totalOutstanding),
	};
}

/** The history with a payment as the last posting of a day; nothing is added for nought. */
export function withPayment(history: AccountHistory, postedOn: Day, amount: Minor): AccountHistory {
	if (amount === 0) return history;
	return { ...history, postings: [...history.postings, { postedOn, kind: 'payment', amount }] };
}

/** Halves the span between nought and all that is posted: a greater payment never leaves more past due or bearing. */
function leastPayment(
	history: AccountHistory,
	timeline: PolicyTimeline,
	on: Day,
	now: Owed,
	isEnough: (after: Owed) => boolean,
): Minor {
	if (isEnough(now)) return 0;
	let tooLittle = 0;
	let enough = now.principal + now.billedInterest + now.billedFees;
	while (enough - tooLittle > 1) {
		const middle = Math.floor((tooLittle + enough) / 2);
		if (isEnough(owed(withPayment(history, on, middle), timeline, on))) enough = middle;
		else tooLittle = middle;
	}
	return enough;
}
