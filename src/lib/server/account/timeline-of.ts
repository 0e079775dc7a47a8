import { parsePolicy } from '#lib/domain/account/parse-policy.ts';
import { type DatedPolicy, type PolicyTimeline, policyTimeline } from '#lib/domain/account/policy-timeline.ts';
import type { Currency } from '#lib/domain/money.ts';
import type { PolicyRow } from '#lib/server/account/account.repository.ts';

export type TimelineOutcome =
	| { readonly ok: true; readonly timeline: PolicyTimeline }
	| { readonly ok: false; readonly fault: 'policy_unknown' | 'policy_unreadable'; readonly detail: string };

/** The versions of one policy as accounts of a currency follow them. */
export function timelineOf(code: string, versions: readonly PolicyRow[], currency: Currency): TimelineOutcome {
	if (versions.length === 0) return { ok: false, fault: 'policy_unknown', detail: code };
	const dated: DatedPolicy[] = [];
	for (const { effectiveOn, terms } of versions) {
		const parsed = parsePolicy(terms, currency);
		if (!parsed.ok) {
			const fields = parsed.problems.map(({ field, problem }) => `${field} ${problem}`).join(', ');
			return { ok: false, fault: 'policy_unreadable', detail: `${code} in ${currency.code}: ${fields}` };
		}
		dated.push({ policy: parsed.policy, effectiveOn });
	}
	const ordered = policyTimeline(dated);
	if (!ordered.ok) return { ok: false, fault: 'policy_unreadable', detail: `${code}: ${ordered.problem.problem}` };
	return { ok: true, timeline: ordered.timeline };
}
