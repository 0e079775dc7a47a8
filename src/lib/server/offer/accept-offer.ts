import { offerAgreement } from '#lib/server/agreement/offer-agreement.ts';
import { takePlan } from '#lib/server/application/lock-open.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { useConfirmation, type UseConfirmationOutcome } from '#lib/server/confirmation/use-confirmation.ts';
import { findHold } from '#lib/server/contact-number/read-number-change.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { returnToQueue } from '#lib/server/offer/end-offer.ts';
import { type LockedOffer, lockShownOffer, type ShownOffer, type ShownRefusal } from '#lib/server/offer/lock-offer.ts';
import { saveAnswer } from '#lib/server/offer/offer.repository.ts';
import { offerSubject, type StandingRefusal } from '#lib/server/offer/send-offer-code.ts';

/** What came of accepting. */
export type AcceptOutcome =
	| { readonly ok: true }
	| Exclude<UseConfirmationOutcome, { readonly ok: true }>
	| { readonly ok: false; readonly refusal: ShownRefusal | StandingRefusal };

/**
 * Accepts an offer with the code that was sent for its terms: the answer, the application's plan and approval, the agreement
 * to be signed and the audit log stand together or not at all. Twice at once it is accepted once. Where anything was posted
 * since, nothing is accepted on old terms: the application goes back to an agent.
 */
export async function acceptOffer(db: Db, { code, ...shown }: ShownOffer & { code: string }): Promise<AcceptOutcome> {
	return db.transaction().execute(async (trx): Promise<AcceptOutcome> => {
		const found = await lockShownOffer(trx, shown);
		if (!found.ok) return found;
		const { locked } = found;
		const { application, offer, standing } = locked;
		const { id: applicationId, cardholderId } = application;
		const actor = { kind: 'cardholder', id: cardholderId } as const;
		if (standing === 'overtaken') {
			const ended = { applicationId, cardholderId, offerId: offer.id, answer: 'lapsed', deed: 'overtaken' } as const;
			await returnToQueue(trx, { ...ended, at: shown.at, actor });
		}
		if (standing !== 'stands') return { ok: false, refusal: standing };
		if (await findHold(trx, shown.owner.cardholderId, shown.at)) return { ok: false, refusal: 'held' };
		const used = await useConfirmation(trx, offerSubject(locked), code);
		if (!used.ok) return used;
		await accept(trx, locked, { confirmationId: used.confirmationId, at: shown.at });
		return { ok: true };
	});
}

async function accept(
	trx: Trx,
	{ application, offer }: LockedOffer,
	{ confirmationId, at }: { confirmationId: string; at: Date },
): Promise<void> {
	const { id: applicationId, accountId, cardholderId } = application;
	const { id: offerId, quoteId } = offer;
	const actor = { kind: 'cardholder', id: cardholderId } as const;
	await saveAnswer(trx, { offerId, answer: 'accepted', confirmationId, at });
	await takePlan(trx, application, quoteId);
	const moved = await moveApplication(trx, { applicationId, to: 'approved', at, actor });
	if (!moved.ok) throw new Error(`an accepted offer did not approve its application: ${moved.refusal}`);
	await offerAgreement(trx, { applicationId, accountId, cardholderId, quoteId, at, actor });
	await appendAudit(trx, {
		actor,
		action: 'counter_offer.accepted',
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: { offerId, confirmationId },
	});
}
