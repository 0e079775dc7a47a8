/** Whether a quote can still be submitted; any other value is the refusal. */
export type QuoteStatus = 'valid' | 'quote_expired' | 'figures_changed';

/** What the status hangs on. `postingMark` is the account's latest posting when the quote was made; 0 for none. */
export interface QuotedAt {
	readonly expiresAt: Date;
	readonly postingMark: number;
}

/**
 * Whether a quote still stands (domain.md, "A quote"): it expires, and anything posted since makes its figures old.
 * Expiry is named first, since a new quote is then needed whatever was posted.
 */
export function quoteStatus(quote: QuotedAt, now: Date, latestPostingMark: number): QuoteStatus {
	if (now >= quote.expiresAt) return 'quote_expired';
	return quote.postingMark === latestPostingMark ? 'valid' : 'figures_changed';
}

/** When a quote made at an instant ends: so many whole days later, to the same moment. */
export function quoteExpiry(quotedAt: Date, validityDays: number): Date {
	return new Date(quotedAt.getTime() + validityDays * 86_400_000);
}
