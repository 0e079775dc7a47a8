import type { AccountState } from '#lib/domain/account/account-state.ts';
import type { Debit } from '#lib/domain/account/debit.ts';
import { roundRunning } from '#lib/domain/account/exact-amount.ts';
import type { BearingPart, InterestFreePeriodLostStep, InterestStep } from '#lib/domain/account/explanation-step.ts';
import { accrue } from '#lib/domain/account/interest.ts';
import { versionOn } from '#lib/domain/account/policy-timeline.ts';
import type { PolicyVersion } from '#lib/domain/account/policy-timeline.ts';
import type { StatementStanding } from '#lib/domain/account/statement-standing.ts';
import { dayOf } from '#lib/domain/day.ts';
import type { Minor } from '#lib/domain/money.ts';

interface Span {
	readonly debit: Debit;
	readonly balance: Minor;
	readonly from: number;
	readonly to: number;
	readonly version: PolicyVersion;
}

/** The interest that no statement has billed as of a day, in its spans. */
export interface Accrued {
	readonly state: AccountState;
	/** The earliest first, in posting order within a day. */
	readonly spans: readonly Span[];
	/** Their exact sum over the timeline's common denominator. */
	readonly numerator: bigint;
}

/** Walks once what a state's unbilled interest is made of. */
export function accruedBy(state: AccountState): Accrued {
	const spans: Span[] = [];
	accrue(state, { span: (debit, balance, from, to, version) => spans.push({ debit, balance, from, to, version }) });
	spans.sort((a, b) => a.from - b.from || a.debit.posting - b.debit.posting);
	return { state, spans, numerator: spans.reduce((sum, span) => sum + numeratorOf(span), 0n) };
}

/**
 * What a day added to the interest not yet billed: the days that were not counted yesterday, and for purchases whose
 * interest-free period was lost overnight all days from their posting on.
 */
export function interestSteps(now: Accrued, yesterday: Accrued): (InterestStep | InterestFreePeriodLostStep)[] {
	const { asOf, timeline } = now.state;
	const eve = yesterday.state.asOf;
	const countedUpTo = eve - (versionOn(timeline, eve).policy.statementDayIncluded ? 0 : 1);
	const lost = new Map<StatementStanding, Span[]>();
	const daily = new Map<PolicyVersion, Span[]>();
	for (const span of now.spans) {
		const { debit, version } = span;
		if (debit.kind === 'purchase' && debit.statement?.graceEnd === eve) add(lost, debit.statement, span);
		else if (span.to > countedUpTo) add(daily, version, { ...span, from: Math.max(span.from, countedUpTo + 1) });
	}
	const denominator = BigInt(timeline.rateDenominator);
	const added = [...daily.values(), ...lost.values()].flat().map(numeratorOf);
	// The spans that were counted already come first: only the running total is rounded.
	const amounts = roundRunning([yesterday.numerator, ...added].map((numerator) => ({ numerator, denominator }))).slice(
		1,
	);
	const take = (count: number) => amounts.splice(0, count);
	return [
		...[...daily].map(([version, spans]) => dailyStep(asOf, version, spans, take(spans.length))),
		...[...lost].map(([standing, spans]) => lostStep(asOf, standing, spans, take(spans.length))),
	];
}

function numeratorOf({ balance, from, to, version }: Span): bigint {
	return BigInt(balance) * BigInt(to - from + 1) * BigInt(version.rateNumerator);
}

function add<Key>(groups: Map<Key, Span[]>, key: Key, span: Span): void {
	const known = groups.get(key);
	if (known) known.push(span);
	else groups.set(key, [span]);
}

/** Every balance that bore that day, taken together: they bear at one rate. */
function dailyStep(on: number, version: PolicyVersion, spans: readonly Span[], amounts: Minor[]): InterestStep {
	const days = Math.max(...spans.map(({ from, to }) => to - from + 1));
	// Where a convention changed overnight a day counts twice, and a balance may have borne on one of both only.
	const balanceDays = spans.reduce((sum, { balance, from, to }) => sum + balance * (to - from + 1), 0);
	const isEven = balanceDays % days === 0;
	return {
		code: 'interest',
		firstOn: dayOf(on),
		on: dayOf(on),
		days: isEven ? days : 1,
		balance: isEven ? balanceDays / days : balanceDays,
		rate: version.policy.dailyInterestRate,
		policyEffectiveOn: version.effectiveOn,
		amount: sum(amounts),
	};
}

function lostStep(
	on: number,
	{ statement, graceEnd, credited }: StatementStanding,
	spans: readonly Span[],
	amounts: Minor[],
): InterestFreePeriodLostStep {
	const parts = spans.map(({ balance, from, to, version }, index): BearingPart => ({
		from: dayOf(from),
		to: dayOf(to),
		days: to - from + 1,
		balance,
		rate: version.policy.dailyInterestRate,
		policyEffectiveOn: version.effectiveOn,
		amount: amounts[index] ?? 0,
	}));
	const { statementDate, dueDate, statementBalance } = statement;
	return {
		code: 'interest_free_period_lost',
		on: dayOf(on),
		statementDate,
		dueDate,
		graceEndsOn: dayOf(graceEnd),
		statementBalance,
		creditedInTime: credited,
		parts,
		amount: sum(amounts),
	};
}

function sum(amounts: readonly Minor[]): Minor {
	return amounts.reduce((total, amount) => total + amount, 0);
}
