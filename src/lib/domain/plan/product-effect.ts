import type { Minor } from '#lib/domain/money.ts';
import { ineligibilities, type Ineligibility, type Situation } from '#lib/domain/plan/eligibility.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import type { PlanChoice, Quote, QuoteRefusal } from '#lib/domain/plan/quote.ts';

/** Why a draft would lose a product; `retired` where there is no version any more. */
export type LostBecause = Ineligibility | QuoteRefusal | 'retired';

/** One open draft as of today. `choice` is what it quotes of this product; null where it quotes another or none. */
export interface DraftSituation {
	readonly situation: Situation;
	readonly choice: PlanChoice | null;
	/** Works a version out for the draft's account. */
	quote(product: Product, choice: PlanChoice): { ok: true; quote: Quote } | { ok: false; refusal: QuoteRefusal };
}

/** The least, the middle and the greatest of some amounts. */
export interface AmountRange {
	readonly least: Minor;
	readonly median: Minor;
	readonly greatest: Minor;
}

/** What a change would do to the open drafts: counts and ranges, never a person. */
export interface ProductEffect {
	/** Drafts that were judged. */
	readonly drafts: number;
	/** Those that hold a quote of the product: they are asked again when they submit. */
	readonly holding: number;
	readonly holdingKept: number;
	readonly holdingLost: readonly { readonly because: LostBecause; readonly count: number }[];
	/** Those for whom the product is, as it is offered now and as it would be. */
	readonly openNow: number;
	readonly openThen: number;
	readonly closed: readonly { readonly because: LostBecause; readonly count: number }[];
	/** Of those that hold a quote and keep it: before and after; null where there are none. */
	readonly highestInstalment: { readonly before: AmountRange; readonly after: AmountRange } | null;
	readonly totalCost: { readonly before: AmountRange; readonly after: AmountRange } | null;
	readonly dearer: number;
	readonly cheaper: number;
}

/** Gathers what a change from one version (null: none yet) to another (null: retired) does, draft by draft. */
export class EffectTally {
	readonly #before: Product | null;
	readonly #after: Product | null;
	readonly #counts = { drafts: 0, holding: 0, holdingKept: 0, openNow: 0, openThen: 0, dearer: 0, cheaper: 0 };
	readonly #lost = new Map<LostBecause, number>();
	readonly #closed = new Map<LostBecause, number>();
	readonly #kept: { readonly before: Quote; readonly after: Quote }[] = [];

	constructor(before: Product | null, after: Product | null) {
		this.#before = before;
		this.#after = after;
	}

	add(draft: DraftSituation): void {
		const counts = this.#counts;
		const now = this.#before ? closedBecause(this.#before, draft.situation) : (['retired'] as const);
		const then = this.#after ? closedBecause(this.#after, draft.situation) : (['retired'] as const);
		counts.drafts++;
		if (now.length === 0) counts.openNow++;
		if (then.length === 0) counts.openThen++;
		if (now.length === 0) for (const because of then) increase(this.#closed, because);
		if (draft.choice) this.#addHolder(draft, draft.choice, then);
	}

	#addHolder(draft: DraftSituation, choice: PlanChoice, then: readonly LostBecause[]): void {
		const counts = this.#counts;
		counts.holding++;
		const after = this.#after && then.length === 0 ? draft.quote(this.#after, choice) : undefined;
		if (!after?.ok) {
			for (const because of after ? [after.refusal] : then) increase(this.#lost, because);
			return;
		}
		counts.holdingKept++;
		const before = this.#before ? draft.quote(this.#before, choice) : undefined;
		if (!before?.ok) return;
		this.#kept.push({ before: before.quote, after: after.quote });
		if (after.quote.totalCost > before.quote.totalCost) counts.dearer++;
		if (after.quote.totalCost < before.quote.totalCost) counts.cheaper++;
	}

	/** What was gathered so far; reasons by how often they were met. */
	result(): ProductEffect {
		return {
			...this.#counts,
			holdingLost: listed(this.#lost),
			closed: listed(this.#closed),
			highestInstalment: this.#ranges(({ highestInstalment }) => highestInstalment),
			totalCost: this.#ranges(({ totalCost }) => totalCost),
		};
	}

	#ranges(of: (quote: Quote) => Minor) {
		if (this.#kept.length === 0) return null;
		return {
			before: rangeOf(this.#kept.map(({ before }) => of(before))),
			after: rangeOf(this.#kept.map(({ after }) => of(after))),
		};
	}
}

/** As on the plans page, paper that can still follow closes nothing. */
function closedBecause({ eligibility }: Product, situation: Situation): readonly Ineligibility[] {
	return ineligibilities(eligibility, situation).filter((why) => why !== 'evidence_missing');
}

/** Of an even number of amounts the lower of the two in the middle is the median, for it is one that somebody has. */
function rangeOf(amounts: readonly Minor[]): AmountRange {
	const sorted = amounts.toSorted((a, b) => a - b);
	const at = (index: number) => sorted[index] ?? 0;
	return { least: at(0), median: at(Math.floor((sorted.length - 1) / 2)), greatest: at(sorted.length - 1) };
}

function increase(counts: Map<LostBecause, number>, because: LostBecause): void {
	counts.set(because, (counts.get(because) ?? 0) + 1);
}

function listed(counts: ReadonlyMap<LostBecause, number>) {
	return [...counts].map(([because, count]) => ({ because, count })).sort((a, b) => b.count - a.count);
}
