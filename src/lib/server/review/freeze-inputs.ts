import { owedJson } from '#lib/domain/account/owed-json.ts';
import { ENGINE_VERSION } from '#lib/domain/engine-version.ts';
import { canonicalText, type Json } from '#lib/domain/plan/canonical-text.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import type { RuleFinding } from '#lib/domain/plan/product-rules.ts';
import { productTerms } from '#lib/domain/plan/product-terms.ts';
import type { Quote } from '#lib/domain/plan/quote.ts';
import { type QuoteTerms, quoteTerms } from '#lib/domain/plan/quote-terms.ts';
import type { CheckItem } from '#lib/domain/review/checklist.ts';
import type { DeclineLetter } from '#lib/domain/review/decline-letter.ts';
import { freezeAccount, type FrozenPlan, REPLAYABLE } from '#lib/domain/review/frozen-decision.ts';
import { replayTerms } from '#lib/domain/review/replay-plan.ts';
import type { Seen } from '#lib/domain/review/seen.ts';
import { type AccountState, readOwed } from '#lib/server/account/account-state.ts';
import { today } from '#lib/server/clock.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { listEvidenceHashes } from '#lib/server/evidence/list-evidence-hashes.ts';
import { findProduct } from '#lib/server/plan/read-products.ts';
import { termsHash } from '#lib/server/plan/record-quote.ts';
import type { FrozenQuote } from '#lib/server/review/decision.repository.ts';

/** What a decision is made on. */
export interface InputsToFreeze {
	readonly applicationId: string;
	readonly account: AccountState;
	readonly quote: FrozenQuote | undefined;
	readonly offer: { readonly product: Product; readonly quote: Quote } | undefined;
	readonly seen: Seen;
	/** What of its product the plan does not meet. */
	readonly exceptions: readonly RuleFinding[];
	/** What was to be checked, and the codes of what was. */
	readonly checks: readonly CheckItem[];
	readonly checked: readonly string[];
	/** What a decline sends, and the agent's own words in it. */
	readonly letter: (DeclineLetter & { readonly own: string }) | undefined;
}

/**
 * What a decision was made on, as JSON, whole enough that its figures can be worked out again from it alone: the account's
 * history and policies (null while the account was being checked) with what was owed that day, the quote (null where the
 * cardholder asks for an offer) and the plan offered instead, each with its product; the engine's version, the documents by
 * their hashes, what the agent saw and checked, the list of checks in its words of then, the letter of a decline, and each rule to which an
 * exception was made with what the case had; its reason is the decision's note, which never changes and is erased by its rule.
 */
export async function freezeInputs(db: DbOrTrx, input: InputsToFreeze): Promise<object> {
	const { applicationId, account, quote, offer, seen, exceptions, checks, checked, letter } = input;
	const asOf = today();
	const owed = readOwed(account, asOf);
	const frozen = account.beingChecked ? null : freezeAccount(account.history, account.timeline);
	const hashes = await listEvidenceHashes(db, applicationId);
	return {
		format: REPLAYABLE,
		asOf,
		currency: account.currency.code,
		owed: owed ? owedJson(owed, account.currency) : null,
		engine: {
			version: ENGINE_VERSION,
			postingMark: account.postingMark,
			sha256: frozen && sha256Hex(canonicalText(frozen as unknown as Json)),
		},
		account: frozen,
		quote: quote ? await freezeQuote(db, account, quote) : null,
		...(offer && { offer: freezeOffer(account, offer) }),
		application: {
			version: seen.version,
			evidence: seen.evidence.map((id) => ({ id, sha256: hashes.get(id) ?? null })),
		},
		checked,
		checklist: checks.map(({ code, words, reasons, needed }) => ({ code, words, needed, ...(reasons && { reasons }) })),
		...(letter && { letter }),
		...(exceptions.length > 0 && { exceptions: exceptions.map(({ met: _met, ...exception }) => exception) }),
	};
}

async function freezeQuote(db: DbOrTrx, account: AccountState, quote: FrozenQuote) {
	const { id, number, asOf, postingMark, postings } = quote;
	const product = await findProduct(db, quote.productCode, quote.productVersion);
	const terms = quote.terms as QuoteTerms;
	const hash = quote.termsHash.toString('hex');
	const from = product ? { product: productTerms(product), postings } : null;
	const again = account.beingChecked ? undefined : replayTerms({ terms, from }, account);
	const follows = again !== undefined && sha256Hex(canonicalText(again)) === hash;
	return { id, number, asOf, postingMark, termsHash: hash, terms, from: follows ? from : null };
}

function freezeOffer(account: AccountState, { product, quote }: { product: Product; quote: Quote }): FrozenPlan {
	const postings = account.beingChecked ? 0 : account.history.postings.length;
	const from = { product: productTerms(product), postings };
	return { termsHash: termsHash(quote).toString('hex'), terms: quoteTerms(quote), from };
}
