import { parsePolicy } from '#lib/domain/account/parse-policy.ts';
import type { PolicyProblem } from '#lib/domain/account/parse-policy.ts';
import { policyTimeline } from '#lib/domain/account/policy-timeline.ts';
import type { DatedPolicy, PolicyTimeline, TimelineProblem } from '#lib/domain/account/policy-timeline.ts';
import type { Currency } from '#lib/domain/money.ts';

/** Policies by code, as a policy file holds them; several entries of one code are its versions. */
export interface PolicyBook {
	readonly codes: ReadonlySet<string>;
	/** A policy's timeline for accounts in a currency, or what is wrong with it. */
	timelineOf(code: string, currency: Currency): FoundTimeline;
}

export type FoundTimeline =
	| { readonly ok: true; readonly timeline: PolicyTimeline }
	| { readonly ok: false; readonly problem: 'unknown_policy' }
	| {
			readonly ok: false;
			readonly problem: 'bad_policy';
			readonly details: readonly (PolicyProblem | TimelineProblem)[];
	  };

/**
 * Reads a policy file: a list of policies, each with an optional `effectiveOn` (the day from which that version rules).
 * Undefined where it is not a list of objects with a code; a policy is read when it is first asked for.
 */
export function policyBook(json: unknown): PolicyBook | undefined {
	if (!Array.isArray(json)) return undefined;
	const versions = new Map<string, object[]>();
	for (const entry of json as unknown[]) {
		if (typeof entry !== 'object' || entry === null || !('code' in entry) || typeof entry.code !== 'string')
			return undefined;
		versions.set(entry.code, [...(versions.get(entry.code) ?? []), entry]);
	}
	const known = new Map<string, FoundTimeline>();
	return {
		codes: new Set(versions.keys()),
		timelineOf(code, currency) {
			const key = `${currency.code} ${code}`;
			const found = known.get(key) ?? readTimeline(versions.get(code), currency);
			known.set(key, found);
			return found;
		},
	};
}

function readTimeline(entries: readonly object[] | undefined, currency: Currency): FoundTimeline {
	if (entries === undefined) return { ok: false, problem: 'unknown_policy' };
	const dated: DatedPolicy[] = [];
	for (const entry of entries) {
		const parsed = parsePolicy(entry, currency);
		if (!parsed.ok) return { ok: false, problem: 'bad_policy', details: parsed.problems };
		const effectiveOn = 'effectiveOn' in entry ? entry.effectiveOn : undefined;
		if (effectiveOn !== undefined && typeof effectiveOn !== 'string') {
			return {
				ok: false,
				problem: 'bad_policy',
				details: [{ problem: 'not_a_day', effectiveOn: JSON.stringify(effectiveOn) }],
			};
		}
		dated.push({ policy: parsed.policy, effectiveOn });
	}
	const built = policyTimeline(dated);
	return built.ok ? built : { ok: false, problem: 'bad_policy', details: [built.problem] };
}
