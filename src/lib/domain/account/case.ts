import { contradictions } from '#lib/domain/account/contradiction.ts';
import type { Contradiction } from '#lib/domain/account/contradiction.ts';
import { owed } from '#lib/domain/account/owed.ts';
import { owedJson } from '#lib/domain/account/owed-json.ts';
import type { OwedJson } from '#lib/domain/account/owed-json.ts';
import { parseHistory } from '#lib/domain/account/parse-history.ts';
import type { HistoryProblem } from '#lib/domain/account/parse-history.ts';
import type { FoundTimeline, PolicyBook } from '#lib/domain/account/policy-book.ts';
import { isDay } from '#lib/domain/day.ts';
import { findCurrency } from '#lib/domain/money.ts';

export type CaseProblem =
	| { readonly problem: 'not_an_object' | 'not_a_day' | 'unknown_currency'; readonly field: string }
	| Exclude<FoundTimeline, { ok: true }>
	| HistoryProblem
	| Contradiction;

export type CaseResult =
	{ readonly ok: true; readonly figures: OwedJson } | { readonly ok: false; readonly problems: readonly CaseProblem[] };

/**
 * What one line of a case file owes: `policy` by code from the book, `asOf`, `statements` and `postings` as in
 * `owed.jsonl`, and `currency` where it is not CNY. Whatever else the line holds is left alone.
 */
export function runCase(line: unknown, policies: PolicyBook): CaseResult {
	if (typeof line !== 'object' || line === null) return refuse({ problem: 'not_an_object', field: '' });
	const { policy, asOf, currency: code = 'CNY', ...records } = line as Readonly<Record<string, unknown>>;
	const currency = findCurrency(String(code));
	if (!currency) return refuse({ problem: 'unknown_currency', field: 'currency' });
	if (typeof asOf !== 'string' || !isDay(asOf)) return refuse({ problem: 'not_a_day', field: 'asOf' });
	const found = policies.timelineOf(String(policy), currency);
	if (!found.ok) return refuse(found);
	const parsed = parseHistory(records, currency);
	if (!parsed.ok) return refuse(...parsed.problems);
	const contradictory = contradictions(parsed.history);
	if (contradictory.length > 0) return refuse(...contradictory);
	return { ok: true, figures: owedJson(owed(parsed.history, found.timeline, asOf), currency) };
}

function refuse(...problems: readonly CaseProblem[]): CaseResult {
	return { ok: false, problems };
}
