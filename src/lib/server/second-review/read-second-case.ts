import type { OwedJson } from '#lib/domain/account/owed-json.ts';
import { type Fit, fitOf } from '#lib/domain/plan/affordability.ts';
import { findApplicationForReview, type ApplicationForReview } from '#lib/server/application/read-application.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db, DbOrTrx } from '#lib/server/db/connect.ts';
import { findQuote } from '#lib/server/plan/read-quote.ts';
import { findDrawnFor, listDrawnFor } from '#lib/server/second-review/second-review.repository.ts';

/** One line of what somebody may take a second look at. */
export interface DrawnCase {
	readonly applicationId: string;
	readonly reference: string;
	readonly drawnAt: Date;
}

const MOST = 20;

/** What waits for a second look by this person. */
export async function listSecondLooks(db: DbOrTrx, staffId: string): Promise<DrawnCase[]> {
	const rows = await listDrawnFor(db, staffId, MOST);
	return rows.map(({ applicationId, reference, drawnAt }) => ({ applicationId, reference, drawnAt }));
}

/** A case as whoever decided it had it before them, without the decision, its words and notes, and what came after. */
export interface SecondCase extends Pick<
	ApplicationForReview,
	'reference' | 'locale' | 'reason' | 'circumstances' | 'budget' | 'quote' | 'wantsOffer' | 'currency'
> {
	readonly applicationId: string;
	/** Whether what was written about the situation is erased; by which rule would tell how it was decided. */
	readonly isSituationErased: boolean;
	/** What was owed on the day of the decision; null while the account was being checked. */
	readonly owed: OwedJson | null;
	/** What could be looked at when it was decided. */
	readonly evidence: readonly Pick<
		ApplicationForReview['evidence'][number],
		'id' | 'kind' | 'fileName' | 'hasThumbnail'
	>[];
	/** How the dearest instalment sits in the budget. */
	readonly fit: Fit;
}

/** The case for a second look; undefined where it waits for none of this person. The look is written into the audit log. */
export async function readSecondCase(
	db: Db,
	{ staffId, applicationId }: { staffId: string; applicationId: string },
): Promise<SecondCase | undefined> {
	const drawn = await findDrawnFor(db, { staffId, applicationId });
	const application = drawn && (await findApplicationForReview(db, applicationId));
	if (!application) return undefined;
	await db.transaction().execute((trx) =>
		appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			// Not `application.viewed`: that tells the outcome, and whoever did it takes no second look any more.
			action: 'second_review.opened',
			subjectKind: 'application',
			subjectId: applicationId,
			cardholderId: application.cardholderId,
		}),
	);
	const { reference, locale, reason, circumstances, budget, wantsOffer, currency } = application;
	const evidence = application.evidence
		.filter(({ receivedAt, state }) => state === 'ready' && receivedAt <= drawn.decidedAt)
		.map(({ id, kind, fileName, hasThumbnail }) => ({ id, kind, fileName, hasThumbnail }));
	const inputs = drawn.inputs as { owed?: OwedJson | null; quote?: { id: string } | null };
	// An offer that was accepted stands in the place of what was asked for, and would tell what was decided.
	const quote = await findQuote(db, { quoteId: inputs.quote?.id ?? null, applicationId });
	const known = { reference, locale, reason, circumstances, budget, quote, wantsOffer, currency };
	const fit = quote ? fitOf(quote.plan.highestInstalment, budget.surplus) : 'unknown';
	const isSituationErased = application.erased.situation !== undefined;
	return { ...known, applicationId, isSituationErased, evidence, owed: inputs.owed ?? null, fit };
}
