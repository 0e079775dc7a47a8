import { billingOn } from '#lib/domain/account/billing.ts';
import type { AccountHistory, PostingKind } from '#lib/domain/account/history.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

/** Where a statement of the core's billed something else than the engine says. */
export interface BillingDifference {
	readonly statementDate: Day;
	readonly kind: 'interest' | 'late_fee';
	/** What the engine says the statement should have billed. */
	readonly engine: Minor;
	/** What the core posted in the statement's cycle. */
	readonly core: Minor;
	/** core − engine: above nought where the core billed too much. */
	readonly difference: Minor;
}

/**
 * Compares what each statement after the first billed with what the engine says it should have; oldest first, equal ones
 * left out. The first is passed over, since what a history opens with may have been brought forward. A statement's cycle
 * is the days after the one before it, up to its own date.
 */
export function reconcile(history: AccountHistory, timeline: PolicyTimeline): BillingDifference[] {
	const dates = history.statements.map(({ statementDate }) => statementDate).sort();
	const found: BillingDifference[] = [];
	for (const [index, date] of dates.entries()) {
		const previous = dates[index - 1];
		if (previous === undefined) continue;
		const engine = shouldBill(history, timeline, previous, date);
		for (const kind of ['interest', 'late_fee'] as const) {
			const core = billed(history, kind, previous, date);
			const difference = core - engine[kind];
			if (difference !== 0) found.push({ statementDate: date, kind, engine: engine[kind], core, difference });
		}
	}
	return found;
}

function shouldBill(history: AccountHistory, timeline: PolicyTimeline, previous: Day, date: Day) {
	const billing = billingOn(history, timeline, date);
	// A core may post the fee before the statement, on which the engine then finds nothing left to bill.
	const isEarlyFee = ({ kind, postedOn }: { kind: PostingKind; postedOn: Day }) =>
		kind === 'late_fee' && postedOn > previous && postedOn < date;
	const { lateFees } = history.postings.some(isEarlyFee)
		? billingOn({ ...history, postings: history.postings.filter((posting) => !isEarlyFee(posting)) }, timeline, date)
		: billing;
	return { interest: billing.interest, late_fee: lateFees.reduce((sum, fee) => sum + fee, 0) };
}

function billed({ postings }: AccountHistory, wanted: PostingKind, after: Day, upTo: Day): Minor {
	let sum = 0;
	for (const { postedOn, kind, amount } of postings) {
		if (kind === wanted && postedOn > after && postedOn <= upTo) sum += amount;
	}
	return sum;
}
