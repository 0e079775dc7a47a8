import { moveApplication } from '#lib/server/application/move-application.ts';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { type OfferAnswer, saveAnswer } from '#lib/server/offer/offer.repository.ts';
import { reopenReview } from '#lib/server/review/queue-review.ts';

/** An offer that ends without being accepted. */
export interface EndedOffer {
	readonly applicationId: string;
	readonly cardholderId: string;
	readonly offerId: string;
	readonly answer: Exclude<OfferAnswer, 'accepted'>;
	/** Why, as the audit log calls it: `overtaken` by something posted since is no answer of the cardholder's. */
	readonly deed: 'declined' | 'lapsed' | 'overtaken' | 'withdrawn';
	readonly words?: string;
	readonly at: Date;
	readonly actor: Actor;
}

/** Ends an offer, in the transaction that moves its application. */
export async function endOffer(trx: Trx, ended: EndedOffer): Promise<void> {
	const { applicationId, cardholderId, offerId, answer, deed, words, at, actor } = ended;
	await saveAnswer(trx, { offerId, answer, ...(words && { words }), at });
	await appendAudit(trx, {
		actor,
		action: `counter_offer.${deed}`,
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: { offerId },
	});
}

/** Ends an offer and puts its application back into the queue, at the place it had: a person looks again. */
export async function returnToQueue(trx: Trx, ended: EndedOffer): Promise<void> {
	const { applicationId, at, actor } = ended;
	await endOffer(trx, ended);
	const moved = await moveApplication(trx, { applicationId, to: 'submitted', at, actor });
	if (!moved.ok) throw new Error(`an application with an offer could not go back: ${moved.refusal}`);
	await reopenReview(trx, { applicationId });
}
