import { refusesHolding, type HoldingRefusal } from '#lib/domain/review/holding.ts';
import { refusesPage } from '#lib/domain/review/page-check.ts';
import { now } from '#lib/server/clock.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { type CasePage, findCasePage } from '#lib/server/evidence/judge-page.ts';
import type { HeldReview } from '#lib/server/review/renew-lease.ts';
import { leaseOf, lockReview, type ReviewRow } from '#lib/server/review/review.repository.ts';

/** Which page of which taking is worked on; `page` is the sheet of a PDF, counted from nought. */
export interface HeldPage extends HeldReview {
	readonly evidenceId: string;
	readonly page?: number;
}

/** Why nothing can be done about a page now. */
export type PageRefusal = HoldingRefusal | NonNullable<ReturnType<typeof refusesPage>>;

/**
 * Locks the application with its review and finds the page, for whoever has the case in hand by the taking that their screen
 * shows. Four eyes are for decisions: whoever holds the case may judge its pages.
 */
export async function holdPage(
	trx: Trx,
	{ applicationId, staffId, fence, evidenceId, page: sheet }: HeldPage,
): Promise<{ ok: true; review: ReviewRow; page: CasePage; at: Date } | { ok: false; refusal: PageRefusal }> {
	const review = await lockReview(trx, applicationId);
	if (!review) return { ok: false, refusal: 'status_changed' };
	const at = now();
	const refusal = refusesHolding({ status: review.status, lease: leaseOf(review), staffId, fence, now: at });
	if (refusal) return { ok: false, refusal };
	const page = await findCasePage(trx, { evidenceId, applicationId });
	const unfit = refusesPage(page, sheet);
	if (unfit) return { ok: false, refusal: unfit };
	return page ? { ok: true, review, page, at } : { ok: false, refusal: 'page_gone' };
}
