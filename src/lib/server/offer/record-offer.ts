import type { Day } from '#lib/domain/day.ts';
import type { Product } from '#lib/domain/plan/product.ts';
import type { Quote } from '#lib/domain/plan/quote.ts';
import { quoteExpiry } from '#lib/domain/plan/quote-status.ts';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { insertOffer } from '#lib/server/offer/offer.repository.ts';
import { recordQuote } from '#lib/server/plan/record-quote.ts';

/**
 * Puts another plan before the cardholder, in the transaction of the decision to: a quote of its own, which stands as long
 * as the product's validity. What was asked for stays the application's plan until the offer is accepted.
 */
export async function recordOffer(
	trx: Trx,
	offer: {
		applicationId: string;
		accountId: string;
		cardholderId: string;
		decisionId: string;
		product: Product;
		quote: Quote;
		today: Day;
		postingMark: number;
		at: Date;
		actor: Actor;
	},
): Promise<void> {
	const { applicationId, accountId, cardholderId, decisionId, product, quote, today, postingMark, at, actor } = offer;
	const recorded = await recordQuote(trx, { applicationId, accountId, product, quote, asOf: today, postingMark, at });
	const expiresAt = quoteExpiry(at, product.validityDays);
	const offerId = await insertOffer(trx, {
		applicationId,
		decisionId,
		quoteId: recorded.id,
		offeredAt: at,
		expiresAt,
	});
	await appendAudit(trx, {
		actor,
		action: 'counter_offer.made',
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: { offerId, quote: recorded.number, product: product.code, version: product.version },
	});
}
