import { owedJson } from '#lib/domain/account/owed-json.ts';
import type { Quote } from '#lib/domain/plan/quote.ts';
import { quoteTerms } from '#lib/domain/plan/quote-terms.ts';
import type { Seen } from '#lib/domain/review/seen.ts';
import type { AccountState } from '#lib/server/account/account-state.ts';
import { readOwed } from '#lib/server/account/account-state.ts';
import { today } from '#lib/server/clock.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { Check } from '#lib/domain/review/checklist.ts';
import { termsHash } from '#lib/server/plan/record-quote.ts';
import type { FrozenQuote } from '#lib/server/review/decision.repository.ts';

/**
 * What a decision was made on, as JSON: what was owed that day (null while the account was being checked), the quote with
 * its terms and their hash (null where the cardholder asks for an offer), the plan offered instead, what the agent saw and
 * checked. `engine` marks everything that the figures were worked
 * out from, so that working them out again can be shown to start from the same: the newest posting, and the SHA-256 of
 * the history with its policy versions.
 */
export function freezeInputs(input: {
	readonly account: AccountState;
	readonly quote: FrozenQuote | undefined;
	readonly offer: Quote | undefined;
	readonly seen: Seen;
	readonly checked: readonly Check[];
}): object {
	const { account, quote, offer, seen, checked } = input;
	const asOf = today();
	const owed = readOwed(account, asOf);
	return {
		format: 'decision-1',
		asOf,
		currency: account.currency.code,
		owed: owed ? owedJson(owed, account.currency) : null,
		engine: {
			postingMark: account.postingMark,
			sha256: account.beingChecked ? null : sha256Hex(JSON.stringify([account.history, account.timeline])),
		},
		quote: quote
			? {
					id: quote.id,
					number: quote.number,
					asOf: quote.asOf,
					postingMark: quote.postingMark,
					termsHash: quote.termsHash.toString('hex'),
					terms: quote.terms,
				}
			: null,
		...(offer && { offer: { termsHash: termsHash(offer).toString('hex'), terms: quoteTerms(offer) } }),
		application: { version: seen.version, evidence: seen.evidence },
		checked,
	};
}
