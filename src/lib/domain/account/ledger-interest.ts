import type { AccountState } from '#lib/domain/account/account-state.ts';
import type { Debit, DebitKind } from '#lib/domain/account/debit.ts';
import { roundRunning } from '#lib/domain/account/exact-amount.ts';
import type { ExactAmount } from '#lib/domain/account/exact-amount.ts';
import { accrue, bearsInterest } from '#lib/domain/account/interest.ts';
import { versionOn } from '#lib/domain/account/policy-timeline.ts';
import type { PolicyVersion } from '#lib/domain/account/policy-timeline.ts';
import { dayOf } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';
import type { Rate } from '#lib/domain/rate.ts';

/** Interest of one debit on one balance at one rate, on the days from … to, both included. */
export interface InterestLine {
	readonly debit: DebitName;
	readonly balance: Minor;
	readonly from: Day;
	readonly to: Day;
	readonly days: number;
	readonly rate: Rate;
	/** The effective day of the policy's version; undefined where it holds from the beginning. */
	readonly policyEffectiveOn: Day | undefined;
	/** balance × days × rate, unrounded; the lines' exact amounts sum to what is rounded half up into the figure. */
	readonly exact: ExactAmount;
	/** What the line adds to the rounded running total: the lines' amounts sum to the figure. */
	readonly amount: Minor;
}

/** A debit by its place among the history's postings. */
export interface DebitName {
	readonly posting: number;
	readonly kind: DebitKind;
	readonly postedOn: Day;
	readonly amount: Minor;
	/** The statement that contains it; undefined before there is one. */
	readonly statementDate: Day | undefined;
}

interface Span {
	readonly debit: Debit;
	readonly balance: Minor;
	readonly from: number;
	readonly to: number;
	readonly version: PolicyVersion;
}

/** The lines of `unbilledInterest`, the earliest first, in posting order within a day. */
export function unbilledInterestLines(state: AccountState): InterestLine[] {
	const spans: Span[] = [];
	accrue(state, { span: (debit, balance, from, to, version) => spans.push({ debit, balance, from, to, version }) });
	spans.sort((a, b) => a.from - b.from || a.debit.posting - b.debit.posting);
	return linesOf(state, spans);
}

/** The lines of `dailyInterest`: the state's day on every balance that bears interest already. */
export function dailyInterestLines(state: AccountState): InterestLine[] {
	const { asOf, timeline } = state;
	const debits = [...state.principal.debits, ...state.interest.debits].sort((a, b) => a.posting - b.posting);
	const bearing = debits.filter((debit) => debit.left > 0 && bearsInterest(state, debit));
	const version = versionOn(timeline, asOf);
	return linesOf(
		state,
		bearing.map((debit) => ({ debit, balance: debit.left, from: asOf, to: asOf, version })),
	);
}

/** The debit's name in a ledger. */
export function nameOf({ posting, kind, postedOn, amount, statement }: Debit): DebitName {
	return { posting, kind, postedOn: dayOf(postedOn), amount, statementDate: statement?.statement.statementDate };
}

function linesOf(state: AccountState, spans: readonly Span[]): InterestLine[] {
	const denominator = BigInt(state.timeline.rateDenominator);
	const exact = spans.map(({ balance, from, to, version }): ExactAmount => {
		const numerator = BigInt(balance) * BigInt(to - from + 1) * BigInt(version.rateNumerator);
		return { numerator, denominator };
	});
	const amounts = roundRunning(exact);
	return spans.map(({ debit, balance, from, to, version }, index) => ({
		debit: nameOf(debit),
		balance,
		from: dayOf(from),
		to: dayOf(to),
		days: to - from + 1,
		rate: version.policy.dailyInterestRate,
		policyEffectiveOn: version.effectiveOn,
		exact: exact[index] ?? { numerator: 0n, denominator },
		amount: amounts[index] ?? 0,
	}));
}
