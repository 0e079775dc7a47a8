import type { Day } from '#lib/domain/day.ts';
import type { QuoteTerms } from '#lib/domain/plan/quote-terms.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A quote as it is kept; it never changes. */
export interface StoredQuote {
	readonly id: string;
	readonly number: number;
	readonly applicationId: string;
	readonly accountId: string;
	readonly productCode: string;
	readonly productVersion: number;
	readonly asOf: Day;
	readonly postingMark: number;
	readonly terms: QuoteTerms;
	readonly termsHash: Buffer;
	readonly createdAt: Date;
	readonly expiresAt: Date;
}

/** What a new quote is made of; its id and number come from the database. */
export type NewQuote = Omit<StoredQuote, 'id' | 'number'>;

export async function insertQuote(trx: Trx, quote: NewQuote): Promise<{ id: string; number: number }> {
	return trx
		.insertInto('quote')
		.values({
			application_id: quote.applicationId,
			account_id: quote.accountId,
			product_code: quote.productCode,
			product_version: quote.productVersion,
			as_of: quote.asOf,
			posting_mark: quote.postingMark,
			terms: JSON.stringify(quote.terms),
			terms_hash: quote.termsHash,
			created_at: quote.createdAt,
			expires_at: quote.expiresAt,
		})
		.returning(['id', 'number'])
		.executeTakeFirstOrThrow();
}

/** A quote of one application; another application's quote is not found. */
export async function selectQuote(
	db: DbOrTrx,
	{ quoteId, applicationId }: { quoteId: string; applicationId: string },
): Promise<StoredQuote | undefined> {
	const row = await db
		.selectFrom('quote')
		.selectAll()
		.where('id', '=', quoteId)
		.where('application_id', '=', applicationId)
		.executeTakeFirst();
	if (!row) return undefined;
	return {
		id: row.id,
		number: row.number,
		applicationId: row.application_id,
		accountId: row.account_id,
		productCode: row.product_code,
		productVersion: row.product_version,
		asOf: row.as_of,
		postingMark: row.posting_mark,
		terms: row.terms as QuoteTerms,
		termsHash: row.terms_hash,
		createdAt: row.created_at,
		expiresAt: row.expires_at,
	};
}
