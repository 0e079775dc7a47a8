import * as v from 'valibot';
import type { OwedJson } from '#lib/domain/account/owed-json.ts';
import { isDay } from '#lib/domain/day.ts';
import { findCurrency } from '#lib/domain/money.ts';
import type { QuoteTerms } from '#lib/domain/plan/quote-terms.ts';
import { type FrozenAccount, type FrozenDecision, REPLAYABLE } from '#lib/domain/review/frozen-decision.ts';
import { replayDecision, type ReplayedFigure } from '#lib/domain/review/replay-decision.ts';
import type { Words } from '#lib/domain/words.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { type KeptDecision, listKeptDecisions } from '#lib/server/review/decision.repository.ts';

const object = <T extends object>() => v.custom<T>((value) => typeof value === 'object' && value !== null);
const plan = v.object({
	terms: object<QuoteTerms>(),
	termsHash: v.string(),
	from: v.nullable(v.object({ product: v.unknown(), postings: v.number() })),
});
const schema = v.object({
	format: v.literal(REPLAYABLE),
	asOf: v.pipe(v.string(), v.check(isDay)),
	currency: v.pipe(
		v.string(),
		v.check((code) => findCurrency(code) !== undefined),
	),
	owed: v.nullable(object<OwedJson>()),
	engine: v.object({ version: v.number(), sha256: v.nullable(v.string()) }),
	account: v.nullable(object<FrozenAccount>()),
	quote: v.nullable(plan),
	offer: v.optional(plan),
	application: v.object({
		version: v.number(),
		evidence: v.array(v.object({ id: v.string(), sha256: v.nullable(v.string()) })),
	}),
	checked: v.array(v.string()),
	exceptions: v.optional(v.array(v.object({ rule: v.string() })), []),
	checklist: v.optional(v.array(v.object({ code: v.string(), words: v.record(v.string(), v.string()) }))),
});

/** A decision with its figures then and now; `replayed` is undefined where its frozen inputs are too few for that. */
export interface ReplayedDecision extends Omit<KeptDecision, 'inputs' | 'note'> {
	readonly replayed:
		| {
				/** The engine that worked the figures out then. */
				readonly engineVersion: number;
				readonly asOf: string;
				readonly figures: readonly ReplayedFigure[];
				readonly evidence: readonly { readonly id: string; readonly sha256: string | null }[];
				readonly checked: readonly string[];
				/** To which rules of its product it made an exception, by their codes, and why; empty where that was erased by its rule. */
				readonly exceptions: { readonly rules: readonly string[]; readonly why: string } | undefined;
				/** What was to be checked, as it was worded; undefined for a decision that was made before lists were kept. */
				readonly checklist: readonly { readonly code: string; readonly words: Words }[] | undefined;
		  }
		| undefined;
}

/** The decision of an id, or every one of an application by its reference, worked out again; empty where there is none. */
export async function replayKeptDecisions(db: DbOrTrx, id: string): Promise<ReplayedDecision[]> {
	const kept = await listKeptDecisions(db, v.is(v.pipe(v.string(), v.uuid()), id) ? { id } : { reference: id });
	return kept.map(({ inputs, note, ...decision }) => ({ ...decision, replayed: replay(inputs, note) }));
}

function replay(inputs: object, note: string): ReplayedDecision['replayed'] {
	const parsed = v.safeParse(schema, inputs);
	if (!parsed.success) return undefined;
	const { asOf, currency, owed, account, quote, offer = null, engine, application, ...kept } = parsed.output;
	const { checked, checklist } = kept;
	const rules = kept.exceptions.map(({ rule }) => rule);
	const exceptions = rules.length > 0 ? { rules, why: note } : undefined;
	const frozen: FrozenDecision = { asOf, currency, owed, account, accountHash: engine.sha256, quote, offer };
	const figures = replayDecision(frozen, sha256Hex);
	return {
		engineVersion: engine.version,
		asOf,
		figures,
		evidence: application.evidence,
		checked,
		exceptions,
		checklist,
	};
}
