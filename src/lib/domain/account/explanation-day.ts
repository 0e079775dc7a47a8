import type { AccountState } from '#lib/domain/account/account-state.ts';
import { accruedBy, interestSteps } from '#lib/domain/account/explanation-interest.ts';
import { postedSteps } from '#lib/domain/account/explanation-posting.ts';
import type { BilledStep, DayChange, LatePaymentFeeStep, Step } from '#lib/domain/account/explanation-step.ts';
import type { AccountHistory } from '#lib/domain/account/history.ts';
import { unbilledInterest } from '#lib/domain/account/interest-sum.ts';
import { unbilledLateFees } from '#lib/domain/account/late-fee.ts';
import { lateFeeLines } from '#lib/domain/account/ledger-statement.ts';
import { figuresOf } from '#lib/domain/account/owed.ts';
import type { PolicyTimeline } from '#lib/domain/account/policy-timeline.ts';
import { versionOn } from '#lib/domain/account/policy-timeline.ts';
import { replay } from '#lib/domain/account/replay.ts';
import { dayNumber, dayOf } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';

/**
 * Every day from … to (both included) with the steps that moved the total outstanding since the day before. Within a day:
 * the policy, what was posted, interest, late payment fees, what was billed.
 */
export function dayChanges(history: AccountHistory, timeline: PolicyTimeline, from: Day, to: Day): DayChange[] {
	const last = dayNumber(to);
	const posted = postedSteps(history, replay(history, timeline, last));
	const changes: DayChange[] = [];
	let yesterday = accruedBy(replay(history, timeline, dayNumber(from) - 1));
	let owedYesterday = figuresOf(yesterday.state).totalOutstanding;
	for (let day = dayNumber(from); day <= last; day++) {
		const on = dayOf(day);
		const state = replay(history, timeline, day);
		const billing = isBillingDay(history, on);
		const beforeBilling = billing ? replay(withoutBilling(history, on), timeline, day) : state;
		const accrued = accruedBy(beforeBilling);
		const steps: Step[] = [
			...policySteps(timeline, on),
			...(posted.get(on) ?? []),
			...interestSteps(accrued, yesterday),
			...lateFeeSteps(beforeBilling, yesterday.state),
			...(billing ? [billedStep(history, on, beforeBilling, state)] : []),
		];
		const total = figuresOf(state).totalOutstanding;
		changes.push({ on, steps, change: total - owedYesterday, total });
		yesterday = billing ? accruedBy(state) : accrued;
		owedYesterday = total;
	}
	return changes;
}

function isBillingDay({ statements, postings }: AccountHistory, on: Day): boolean {
	return (
		statements.some(({ statementDate }) => statementDate === on) ||
		postings.some(({ postedOn, kind }) => postedOn === on && (kind === 'interest' || kind === 'late_fee'))
	);
}

/** The history as it stood before the core billed that day. */
function withoutBilling({ currency, statements, postings }: AccountHistory, on: Day): AccountHistory {
	return {
		currency,
		statements: statements.filter(({ statementDate }) => statementDate !== on),
		postings: postings.filter(({ postedOn, kind }) => postedOn !== on || (kind !== 'interest' && kind !== 'late_fee')),
	};
}

function policySteps({ versions }: PolicyTimeline, on: Day): Step[] {
	const place = versions.findIndex(({ effectiveOn }) => effectiveOn === on);
	const [before, version] = [versions[place - 1], versions[place]];
	if (!before || !version) return [];
	const rate = version.policy.dailyInterestRate;
	return [{ code: 'policy_changed', on, rateBefore: before.policy.dailyInterestRate, rate, amount: 0 }];
}

function lateFeeSteps(state: AccountState, yesterday: AccountState): LatePaymentFeeStep[] {
	const known = new Set(lateFeeLines(yesterday).map(({ statementDate }) => statementDate));
	return lateFeeLines(state)
		.filter(({ statementDate }) => !known.has(statementDate))
		.map((line) => ({
			...line,
			code: 'late_payment_fee',
			on: dayOf(state.asOf),
			bound: line.amount === line.share ? undefined : line.amount < line.share ? 'maximum' : 'minimum',
			policyEffectiveOn: versionOn(state.timeline, dayNumber(line.statementDate)).effectiveOn,
		}));
}

function billedStep(history: AccountHistory, on: Day, before: AccountState, after: AccountState): BilledStep {
	const posted = (wanted: 'interest' | 'late_fee') =>
		history.postings
			.filter(({ postedOn, kind }) => postedOn === on && kind === wanted)
			.reduce((sum, { amount }) => sum + amount, 0);
	const interest = { posted: posted('interest'), counted: unbilledInterest(before) - unbilledInterest(after) };
	const lateFees = { posted: posted('late_fee'), counted: unbilledLateFees(before) - unbilledLateFees(after) };
	const statement = history.statements.find(({ statementDate }) => statementDate === on);
	return {
		code: 'billed',
		on,
		statement,
		interest,
		lateFees,
		amount: interest.posted - interest.counted + lateFees.posted - lateFees.counted,
	};
}
