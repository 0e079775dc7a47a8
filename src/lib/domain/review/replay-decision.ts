import { owed } from '#lib/domain/account/owed.ts';
import { owedJson } from '#lib/domain/account/owed-json.ts';
import { parseHistory } from '#lib/domain/account/parse-history.ts';
import { policyBook } from '#lib/domain/account/policy-book.ts';
import { currencyOf } from '#lib/domain/money.ts';
import { canonicalText } from '#lib/domain/plan/canonical-text.ts';
import type { FrozenAccount, FrozenDecision, FrozenPlan } from '#lib/domain/review/frozen-decision.ts';
import {
	type KnownAccount,
	planFigures,
	replaySchedule,
	replayTerms,
	scheduleFigures,
} from '#lib/domain/review/replay-plan.ts';

/** One figure as it was kept and as it comes out now; null where nothing comes out. */
export interface ReplayedFigure {
	readonly figure: string;
	readonly then: string;
	readonly now: string | null;
	readonly same: boolean;
}

/**
 * Works every figure of a decision out again from its frozen inputs alone: what was owed, the plan asked for, the plan offered.
 * `hash` is the SHA-256 of a text in hex; hashes are figures too, so that changed inputs are found even where no sum differs.
 */
export function replayDecision(frozen: FrozenDecision, hash: (text: string) => string): ReplayedFigure[] {
	const { asOf, currency, account, accountHash, quote, offer } = frozen;
	const known = account ? readAccount(account, currency) : undefined;
	const owedNow = known && owedJson(owed(known.history, known.timeline, asOf), known.history.currency);
	return [
		...(account ? compare('account.', { sha256: accountHash ?? '' }, { sha256: hash(canonicalText(account)) }) : []),
		...(frozen.owed ? compare('owed.', { ...frozen.owed }, owedNow && { ...owedNow }) : []),
		...(quote ? replayPlan('quote.', quote, known, hash) : []),
		...(offer ? replayPlan('offer.', offer, known, hash) : []),
	];
}

function replayPlan(
	prefix: string,
	plan: FrozenPlan,
	known: KnownAccount | undefined,
	hash: (text: string) => string,
): ReplayedFigure[] {
	if (plan.from) {
		const again = replayTerms(plan, known);
		const then = { ...planFigures(plan.terms, hash), termsHash: plan.termsHash };
		return compare(prefix, then, again && planFigures(again, hash));
	}
	const again = replaySchedule(plan.terms);
	const then = { ...scheduleFigures(plan.terms), termsHash: plan.termsHash };
	return compare(prefix, then, again && { ...scheduleFigures(again), termsHash: hash(canonicalText(again)) });
}

/** The account as it is read back; undefined where it cannot be. */
function readAccount({ policies, ...records }: FrozenAccount, code: string): KnownAccount | undefined {
	const currency = currencyOf(code);
	const parsed = parseHistory(records, currency);
	const found = policyBook(policies)?.timelineOf(policies[0]?.code ?? '', currency);
	return parsed.ok && found?.ok ? { history: parsed.history, timeline: found.timeline } : undefined;
}

type Figures = Readonly<Record<string, string | number>>;

function compare(prefix: string, then: Figures, now: Figures | undefined): ReplayedFigure[] {
	const names = new Set([...Object.keys(then), ...Object.keys(now ?? {})]);
	return [...names].map((name) => {
		const [before, after] = [then[name], now?.[name]];
		const same = before !== undefined && String(before) === String(after);
		return {
			figure: `${prefix}${name}`,
			then: String(before ?? ''),
			now: after === undefined ? null : String(after),
			same,
		};
	});
}
