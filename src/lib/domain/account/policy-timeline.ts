import type { Policy } from '#lib/domain/account/policy.ts';
import { dayNumber, isDay } from '#lib/domain/day.ts';
import type { Day } from '#lib/domain/day.ts';

/** One version of a policy and the days it rules, as day numbers; the first reaches back, the last on, without end. */
export interface PolicyVersion {
	readonly policy: Policy;
	/** The day as it was given; undefined where the version holds from the beginning. */
	readonly effectiveOn: Day | undefined;
	readonly firstDay: number;
	readonly lastDay: number;
	/** The daily rate over the timeline's common denominator. */
	readonly rateNumerator: number;
}

/**
 * A policy's versions, oldest first, at least one. Each day bears the rate of that day's version; a statement's rules
 * are those of its date; a credit is allocated by the order of its own day.
 */
export interface PolicyTimeline {
	readonly versions: readonly [PolicyVersion, ...PolicyVersion[]];
	/** One denominator for every version's daily rate, so that interest is summed in integers. */
	readonly rateDenominator: number;
}

export interface DatedPolicy {
	readonly policy: Policy;
	readonly effectiveOn?: Day | undefined;
}

export type TimelineProblem =
	| { readonly problem: 'no_policy' | 'rates_too_fine' }
	| { readonly problem: 'not_a_day' | 'two_policies_on_one_day'; readonly effectiveOn: string };

/**
 * Orders the versions of a policy by their effective day. Days before the earliest version are ruled by it too.
 * Refuses an empty list, a day that does not exist, two versions on one day, and rates without a common denominator
 * that is a safe integer.
 */
export function policyTimeline(
	policies: readonly DatedPolicy[],
):
	{ readonly ok: true; readonly timeline: PolicyTimeline } | { readonly ok: false; readonly problem: TimelineProblem } {
	const dated = policies.map(({ policy, effectiveOn }) => ({ policy, effectiveOn, from: startOf(effectiveOn) }));
	dated.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
	for (const [index, { effectiveOn, from }] of dated.entries()) {
		if (effectiveOn !== undefined && !isDay(effectiveOn)) return refuse({ problem: 'not_a_day', effectiveOn });
		if (index > 0 && dated[index - 1]?.from === from) {
			return refuse({ problem: 'two_policies_on_one_day', effectiveOn: effectiveOn ?? '' });
		}
	}
	const rateDenominator = dated.reduce(
		(common, { policy }) => leastCommon(common, policy.dailyInterestRate.denominator),
		1,
	);
	if (!Number.isSafeInteger(rateDenominator)) return refuse({ problem: 'rates_too_fine' });
	const [first, ...later] = dated.map(({ policy, effectiveOn, from }, index): PolicyVersion => {
		const rate = policy.dailyInterestRate;
		return {
			policy,
			effectiveOn,
			firstDay: index === 0 ? -Infinity : from,
			lastDay: (dated[index + 1]?.from ?? Infinity) - 1,
			rateNumerator: rate.numerator * (rateDenominator / rate.denominator),
		};
	});
	if (!first) return refuse({ problem: 'no_policy' });
	if (![first, ...later].every((version) => Number.isSafeInteger(version.rateNumerator))) {
		return refuse({ problem: 'rates_too_fine' });
	}
	return { ok: true, timeline: { versions: [first, ...later], rateDenominator } };
}

/** The timeline of a policy that never changed. */
export function unchangingPolicy(policy: Policy): PolicyTimeline {
	const { numerator, denominator } = policy.dailyInterestRate;
	const version = { policy, effectiveOn: undefined, firstDay: -Infinity, lastDay: Infinity, rateNumerator: numerator };
	return { versions: [version], rateDenominator: denominator };
}

/** The version that rules a day (a day number). */
export function versionOn(timeline: PolicyTimeline, day: number): PolicyVersion {
	const { versions } = timeline;
	let version = versions[0];
	for (let index = 1; index < versions.length; index++) {
		const later = versions[index];
		if (later && later.firstDay <= day) version = later;
	}
	return version;
}

function startOf(effectiveOn: Day | undefined): number {
	return effectiveOn === undefined ? -Infinity : dayNumber(effectiveOn);
}

function refuse(problem: TimelineProblem): { readonly ok: false; readonly problem: TimelineProblem } {
	return { ok: false, problem };
}

function leastCommon(a: number, b: number): number {
	let [x, y] = [a, b];
	while (y !== 0) [x, y] = [y, x % y];
	return (a / x) * b;
}
