import { addMonths, type Day } from '#lib/domain/day.ts';
import { FIRST_DUE_WITHIN_MONTHS } from '#lib/domain/plan/first-due-date.ts';
import { today } from '#lib/server/clock.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import type { OfferPick } from '#lib/server/offer/work-out-offer.ts';
import { listOfferedProducts } from '#lib/server/plan/read-products.ts';
import { findFrozenQuote } from '#lib/server/review/decision.repository.ts';
import { type OfferPreview, previewOffer } from '#lib/server/review/preview-offer.ts';
import { findQuote, type ReadQuote } from '#lib/server/plan/read-quote.ts';

/** The plan that was asked for, worked out again on today's figures, beside the one of its own day. */
export interface Requote {
	readonly asked: ReadQuote;
	readonly pick: OfferPick;
	readonly offer: OfferPreview;
}

/** Why a plan cannot be worked out again as it was asked for. */
export type RequoteRefusal =
	Extract<Awaited<ReturnType<typeof previewOffer>>, { ok: false }>['refusal'] | 'plan_missing';

/**
 * Works the plan of an application out again on today's figures: the same product, numbers and first day. Nothing is written;
 * as a counter-offer it takes the two steps of any other. A first day that has passed gives way to the account's ordinary one,
 * and a product that was published anew since counts in its present version.
 */
export async function requote(
	db: DbOrTrx,
	{ applicationId, accountId }: { applicationId: string; accountId: string },
): Promise<({ ok: true } & Requote) | { ok: false; refusal: RequoteRefusal }> {
	const frozen = await findFrozenQuote(db, applicationId);
	const asked = frozen && (await findQuote(db, { quoteId: frozen.id, applicationId }));
	if (!asked) return { ok: false, refusal: 'plan_missing' };
	const { productCode, instalments, deferralMonths, firstDueDate } = asked.plan;
	const product = (await listOfferedProducts(db)).find(({ code }) => code === productCode);
	if (!product) return { ok: false, refusal: 'not_offered' };
	const pick: OfferPick = {
		productCode,
		productVersion: product.version,
		choice: { instalments, deferralMonths },
		firstDueDate: isAhead(firstDueDate, today()) ? firstDueDate : null,
	};
	const made = await previewOffer(db, { applicationId, accountId, pick });
	return made.ok ? { ok: true, asked, pick, offer: made.offer } : made;
}

function isAhead(day: Day, on: Day): boolean {
	return day > on && day <= addMonths(on, FIRST_DUE_WITHIN_MONTHS);
}
