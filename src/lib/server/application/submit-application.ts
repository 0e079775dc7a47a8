import { judgeSubmission, type SubmissionRefusal } from '#lib/domain/application/submission.ts';
import type { Day } from '#lib/domain/day.ts';
import {
	type Application,
	lockOwnApplication,
	type Owner,
	updateDraft,
} from '#lib/server/application/application.repository.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { findHold } from '#lib/server/contact-number/read-number-change.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { readEvidenceNeeds } from '#lib/server/evidence/evidence-rules.ts';
import { kindsBrought, listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import { judgeQuote } from '#lib/server/plan/judge-quote.ts';
import { queueReview } from '#lib/server/review/queue-review.ts';

/** What is submitted: the application and the version of it that the page showed, and the declaration under it. */
export interface SubmissionForm {
	readonly applicationId: string;
	readonly version: number;
	readonly consent: boolean;
}

/**
 * Why an application was not submitted. `changed_elsewhere`: something in it is newer than what was shown; `held`: the number was
 * changed lately, and nothing goes out before its old holder could speak up.
 */
export type SubmitRefusal = SubmissionRefusal | 'not_found' | 'changed_elsewhere' | 'being_checked' | 'held';

/** `isRepeat` where it had been submitted before: a second tap or another tab is no second application. */
export type SubmitOutcome =
	| { readonly ok: true; readonly reference: string; readonly isRepeat: boolean }
	| { readonly ok: false; readonly refusals: readonly SubmitRefusal[] };

/**
 * Submits the owner's draft once: locks it, judges what it holds and its quote as of now, and writes the consent, the
 * move, its place in the queue, the message and the audit log together. Nothing is submitted that was not shown, nor on
 * old terms.
 */
export async function submitApplication(
	db: Db,
	{ owner, form, today, at }: { owner: Owner; form: SubmissionForm; today: Day; at: Date },
): Promise<SubmitOutcome> {
	return db.transaction().execute(async (trx): Promise<SubmitOutcome> => {
		const draft = await lockOwnApplication(trx, owner, form.applicationId);
		if (!draft) return { ok: false, refusals: ['not_found'] };
		const { reference, status } = draft;
		if (
			status === 'submitted' ||
			status === 'in_review' ||
			status === 'more_requested' ||
			status === 'counter_offered'
		) {
			return { ok: true, reference, isRepeat: true };
		}
		if (await findHold(trx, owner.cardholderId, at)) return { ok: false, refusals: ['held'] };
		if (status === 'draft' && draft.version !== form.version) return { ok: false, refusals: ['changed_elsewhere'] };

		const refusals = await refusalsOf(trx, { owner, draft, consent: form.consent, today, at });
		if (refusals.length > 0) return { ok: false, refusals };
		await updateDraft(trx, draft.id, at, { consentedAt: at });
		await send(trx, draft, at);
		return { ok: true, reference, isRepeat: false };
	});
}

async function refusalsOf(
	trx: Trx,
	{ owner, draft, consent, today, at }: { owner: Owner; draft: Application; consent: boolean; today: Day; at: Date },
): Promise<readonly SubmitRefusal[]> {
	const { id: applicationId, quoteId, status, reason } = draft;
	const evidence = kindsBrought(await listEvidence(trx, applicationId));
	const quote =
		quoteId === null
			? undefined
			: await judgeQuote(trx, { owner, applicationId, quoteId, reason, evidence, today, at });
	if (quote?.ok === false) return [quote.refusal];
	const outcome = judgeSubmission({
		status,
		reason,
		quote: quote?.status ?? null,
		wantsOffer: draft.wantsOffer,
		productOffered: quote?.productOffered ?? false,
		ineligible: quote?.ineligible ?? [],
		needs: reason === null ? [] : (await readEvidenceNeeds(trx))[reason],
		evidence,
		consent,
		sensitiveConsent: draft.sensitiveConsentAt !== null,
	});
	return outcome.ok ? [] : outcome.refusals;
}

async function send(trx: Trx, { id: applicationId, cardholderId, accountId }: Application, at: Date): Promise<void> {
	const actor = { kind: 'cardholder', id: cardholderId } as const;
	const moved = await moveApplication(trx, { applicationId, to: 'submitted', at, actor });
	if (!moved.ok) throw new Error(`a locked draft did not move: ${moved.refusal}`);
	await queueReview(trx, { applicationId, at });
	const dedupeKey = `application_received:${applicationId}`;
	await queueMessage(trx, { cardholderId, accountId, template: 'application_received', applicationId, dedupeKey });
}
