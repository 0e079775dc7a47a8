import type { Day } from '#lib/domain/day.ts';
import { readFirstDueDate } from '#lib/domain/plan/first-due-date.ts';
import {
	type Application,
	insertDraft,
	lockOwnApplication,
	type Owner,
	updateDraft,
} from '#lib/server/application/application.repository.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { quoteDraft } from '#lib/server/application/quote-draft.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { takeEvidenceAlong } from '#lib/server/evidence/take-along.ts';
import { endOfferOfWithdrawn } from '#lib/server/offer/end-offer-of-withdrawn.ts';
import { findQuote } from '#lib/server/plan/read-quote.ts';
import { endRequest } from '#lib/server/request/end-request.ts';
import { closeReview } from '#lib/server/review/queue-review.ts';

/**
 * Takes a submitted application back so that it can be changed: withdrawn, and a new draft begun in its place with
 * everything that was typed, the documents with the consent that they were given under, and the chosen plan quoted anew
 * where it still can be. The declaration is not carried over. Asked twice at once it is one new draft.
 */
export async function reviseApplication(
	db: Db,
	{ owner, applicationId, today, at }: { owner: Owner; applicationId: string; today: Day; at: Date },
): Promise<{ ok: true } | { ok: false; refusal: 'not_found' | 'already_decided' }> {
	return db.transaction().execute(async (trx) => {
		const before = await lockOwnApplication(trx, owner, applicationId);
		if (!before) return { ok: false, refusal: 'not_found' };
		// Withdrawn a moment ago by another tap: what it is changed in is there already, or can be begun.
		if (before.status === 'withdrawn' || before.status === 'draft') return { ok: true };
		const { cardholderId } = owner;
		const actor = { kind: 'cardholder', id: cardholderId } as const;
		const moved = await moveApplication(trx, { applicationId, to: 'withdrawn', at, actor });
		if (!moved.ok) return { ok: false, refusal: 'already_decided' };
		await closeReview(trx, { applicationId, at });
		await endRequest(trx, { applicationId, cardholderId, as: 'withdrawn', at, actor });
		await endOfferOfWithdrawn(trx, { applicationId, cardholderId, at });
		await beginAgain(trx, { owner, before, today, at });
		return { ok: true };
	});
}

async function beginAgain(
	trx: Trx,
	{ owner, before, today, at }: { owner: Owner; before: Application; today: Day; at: Date },
): Promise<void> {
	const draft = await insertDraft(trx, owner, before.locale, at);
	if (!draft) throw new Error('an account with two open applications');
	const { reason, circumstances, budget, wantsOffer, sensitiveConsentAt } = before;
	const kept = { reason, circumstances, budget, wantsOffer, sensitiveConsentAt, revisesId: before.id };
	await updateDraft(trx, draft.id, at, kept);
	const { cardholderId } = owner;
	const evidence = await takeEvidenceAlong(trx, { from: before.id, to: draft.id, cardholderId });
	const quote = await findQuote(trx, { quoteId: before.quoteId, applicationId: before.id });
	if (quote) {
		const { productCode, instalments, deferralMonths, firstDueDate } = quote.plan;
		const isAhead = readFirstDueDate(firstDueDate, today).ok;
		const choice = { instalments, deferralMonths, ...(isAhead && { firstDueDate }) };
		const pick = { productCode, productVersion: null, choice };
		// What cannot be quoted any more is chosen anew on the plans page.
		await quoteDraft(trx, { owner, draft: { ...draft, reason }, pick, today, at });
	}
	await appendAudit(trx, {
		actor: { kind: 'cardholder', id: cardholderId },
		action: 'application.revised',
		subjectKind: 'application',
		subjectId: before.id,
		cardholderId,
		detail: { by: draft.id, evidence: evidence.join(' '), sensitiveConsent: sensitiveConsentAt !== null },
	});
}
