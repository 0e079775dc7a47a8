import { lastStatement } from '#lib/domain/account/account-state.ts';
import type { AccountState } from '#lib/domain/account/account-state.ts';
import { leftAtEndOf } from '#lib/domain/account/debit.ts';
import type { Debit } from '#lib/domain/account/debit.ts';
import { versionOn } from '#lib/domain/account/policy-timeline.ts';
import type { PolicyVersion } from '#lib/domain/account/policy-timeline.ts';
import { lostInterestFreePeriod } from '#lib/domain/account/statement-standing.ts';
import type { Minor } from '#lib/domain/money.ts';

/** Takes every span of days on which a debit bears interest not yet billed on one balance at one version's rate. */
export interface InterestSink {
	/** Days are day numbers, both included; the balance is above nought. */
	span(debit: Debit, balance: Minor, from: number, to: number, version: PolicyVersion): void;
}

/**
 * Walks what bears interest that no statement has billed, up to the state's day. Spans of one debit come newest first
 * and never overlap. Interest is the sum over the spans of balance × days × rate, rounded once at the end.
 */
export function accrue(state: AccountState, sink: InterestSink): void {
	const last = lastStatement(state);
	const unbilledFrom = last ? last.date + (last.version.policy.statementDayIncluded ? 1 : 0) : -Infinity;
	const to = versionOn(state.timeline, state.asOf).policy.statementDayIncluded ? state.asOf : state.asOf - 1;
	for (const debit of state.principal.debits) {
		if (!bearsInterest(state, debit)) continue;
		const { kind, postedOn, statement } = debit;
		// A purchase that had not lost its interest-free period by the last statement was billed nothing by it.
		const billed = kind === 'cash_advance' || (last && statement && statement.graceEnd < last.date);
		const from = billed ? Math.max(postedOn, unbilledFrom) : postedOn;
		accrueDebit(state, debit, from, to, sink);
	}
	for (const debit of state.interest.debits) {
		const { statementDayIncluded } = versionOn(state.timeline, debit.postedOn).policy;
		const bearsFrom = debit.postedOn + (statementDayIncluded ? 1 : 0);
		accrueDebit(state, debit, Math.max(bearsFrom, unbilledFrom), to, sink);
	}
}

/** Whether a debit bears interest on the state's day; billed interest by the version of the day. */
export function bearsInterest(state: AccountState, debit: Debit): boolean {
	switch (debit.kind) {
		case 'cash_advance':
			return true;
		case 'purchase':
			return debit.statement !== undefined && lostInterestFreePeriod(debit.statement, state.asOf);
		case 'interest':
			return versionOn(state.timeline, state.asOf).policy.compoundInterest;
		default:
			return false;
	}
}

function accrueDebit(state: AccountState, debit: Debit, from: number, to: number, sink: InterestSink): void {
	const most = mostThatBears(debit);
	let balance = debit.left;
	let last = to;
	for (let step = debit.settled; step !== undefined && last >= from; step = step.older) {
		const first = Math.max(step.bearsLowerFrom, from);
		if (first <= last) {
			if (balance > 0) spanByVersion(state, debit, Math.min(balance, most), first, last, sink);
			last = first - 1;
		}
		balance = step.before;
	}
	if (from <= last && balance > 0) spanByVersion(state, debit, Math.min(balance, most), from, last, sink);
}

/** `unpaid_part`: a purchase bears on no more than what was left of it at the end of the last grace day. */
function mostThatBears(debit: Debit): Minor {
	const { kind, statement } = debit;
	if (kind !== 'purchase' || statement?.version.policy.interestBase !== 'unpaid_part') return Infinity;
	return leftAtEndOf(debit, statement.graceEnd);
}

/** Cuts a span where the policy changed; billed interest bears on the days of a version that compounds. */
function spanByVersion(
	state: AccountState,
	debit: Debit,
	balance: Minor,
	from: number,
	to: number,
	sink: InterestSink,
): void {
	for (const version of state.timeline.versions) {
		const first = Math.max(from, version.firstDay);
		const last = Math.min(to, version.lastDay);
		if (first > last || (debit.kind === 'interest' && !version.policy.compoundInterest)) continue;
		sink.span(debit, balance, first, last, version);
	}
}
