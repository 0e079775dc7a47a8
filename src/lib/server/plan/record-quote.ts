import type { Day } from '#lib/domain/day.ts';
import { canonicalText } from '#lib/domain/plan/canonical-text.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import type { Quote } from '#lib/domain/plan/quote.ts';
import { quoteExpiry } from '#lib/domain/plan/quote-status.ts';
import { quoteTerms } from '#lib/domain/plan/quote-terms.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { insertQuote } from '#lib/server/plan/quote.repository.ts';

/** The hash that stands for terms and schedule of a quote. */
export function termsHash(quote: Quote): Buffer {
	return sha256(canonicalText(quoteTerms(quote)));
}

/** Writes a quote for an application: numbered, hashed, marked with the account's newest posting, valid for a time. */
export async function recordQuote(
	trx: Trx,
	record: {
		applicationId: string;
		accountId: string;
		product: Product;
		quote: Quote;
		asOf: Day;
		postingMark: number;
		at: Date;
	},
): Promise<{ id: string; number: number }> {
	const { applicationId, accountId, product, quote, asOf, postingMark, at } = record;
	return insertQuote(trx, {
		applicationId,
		accountId,
		productCode: product.code,
		productVersion: product.version,
		asOf,
		postingMark,
		terms: quoteTerms(quote),
		termsHash: termsHash(quote),
		createdAt: at,
		expiresAt: quoteExpiry(at, product.validityDays),
	});
}
