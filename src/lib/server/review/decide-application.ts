import { plainText } from '#lib/domain/plain-text.ts';
import { approvalStep, type ApprovalStep } from '#lib/domain/review/approval.ts';
import { exceptionCodes } from '#lib/domain/review/exception.ts';
import { letterText } from '#lib/domain/review/decline-letter.ts';
import { type DecisionForm, refusesDecision } from '#lib/domain/review/decision.ts';
import type { LikeFacts } from '#lib/domain/review/like-cases.ts';
import { changeSince, type Seen } from '#lib/domain/review/seen.ts';
import { findAccountState } from '#lib/server/account/account-state.ts';
import { offerAgreement } from '#lib/server/agreement/offer-agreement.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { findReason } from '#lib/server/application/read-application.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now, today } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import { answerObjection } from '#lib/server/objection/answer-objection.ts';
import { recordOffer } from '#lib/server/offer/record-offer.ts';
import { type ApprovalRow, findLatestApproval } from '#lib/server/review/approval.repository.ts';
import { closeChangedProposal, closeProposal } from '#lib/server/review/close-proposal.ts';
import type { DecideRefusal } from '#lib/server/review/decide-refusal.ts';
import { insertDecision, findFrozenQuote } from '#lib/server/review/decision.repository.ts';
import { freezeInputs } from '#lib/server/review/freeze-inputs.ts';
import { judgeOrder, type JudgedOrder, type OrderedOffer } from '#lib/server/review/judge-order.ts';
import { likeFactsOf } from '#lib/server/review/like-facts.ts';
import { isDecisionConfirmed } from '#lib/server/review/is-decision-confirmed.ts';
import { proposeApproval } from '#lib/server/review/propose-approval.ts';
import { closeReview } from '#lib/server/review/queue-review.ts';
import type { HeldReview } from '#lib/server/review/renew-lease.ts';
import { eyesOf, leaseOf, lockClaimant, lockReview, type ReviewRow } from '#lib/server/review/review.repository.ts';
import { type Draw, drawSecondReview } from '#lib/server/second-review/draw-second-review.ts';

export type { DecideRefusal } from '#lib/server/review/decide-refusal.ts';

/** A decision as an agent confirmed it, with the taking and the state of things that their page showed. */
export interface DecisionOrder extends HeldReview, DecisionForm {
	/** For staff; the cardholder never reads it. */
	readonly note: string;
	/** The session in which they confirmed that it is they who decide. */
	readonly sessionId: string;
	/** The codes of what was ticked, and the marks of the list on which it was. */
	readonly checked: readonly string[];
	readonly checksSeen: string;
	/** The mark of the letter that was shown with a decline; absent where nobody was shown one. */
	readonly letterSeen?: string | undefined;
	readonly seen: Seen;
	/** The plan of a counter-offer, as it was shown for confirming; other outcomes have none. */
	readonly offer?: OrderedOffer | null;
}

export type DecideOutcome =
	| { readonly ok: true; readonly reference: string; readonly step: ApprovalStep }
	| { readonly ok: false; readonly refusal: DecideRefusal };

/**
 * Decides an application: the decision with its frozen inputs, the status, the audit log, the message to the cardholder
 * and the end of the review stand together or not at all; with a counter-offer its quote and the offer too. Refused to
 * whoever does not hold the lease by the taking that their page shows, had a hand in the application, or decides on what
 * has changed since. From the product's amount on the first decision is kept as a proposal, and stands once a second person
 * decided the same. Making an offer is no hand in making the application: accepting it is the cardholder's.
 */
export async function decideApplication(db: Db, order: DecisionOrder, draw?: Draw): Promise<DecideOutcome> {
	return db.transaction().execute(async (trx) => {
		const claimant = await lockClaimant(trx, order.staffId);
		if (!claimant) return { ok: false, refusal: 'wrong_role' };
		const review = await lockReview(trx, order.applicationId);
		const account = review && (await findAccountState(trx, review.accountId));
		if (!review || !account) return { ok: false, refusal: 'not_found' };
		const quote = await findFrozenQuote(trx, order.applicationId);
		const at = now();
		const seen: Seen = {
			version: review.version,
			postingMark: account.postingMark,
			evidence: (await listEvidence(trx, review.applicationId)).map(({ id }) => id),
		};
		const asked = { ...eyesOf(review, claimant), status: review.status, lease: leaseOf(review), fence: order.fence };
		const refusal = refusesDecision({ ...asked, now: at }) ?? changeSince(order.seen, seen);
		if (refusal) return { ok: false, refusal };
		if (await closeChangedProposal(trx, { review, staffId: order.staffId, at })) {
			return { ok: false, refusal: 'proposal_changed' };
		}
		const judged = await judgeOrder(trx, { order, account, quoteId: quote?.id, locale: review.locale, today: today() });
		if (!judged.ok) return judged;
		if (!(await isDecisionConfirmed(trx, { ...order, at }))) return { ok: false, refusal: 'not_confirmed' };
		const { offer, decides, needsSecond, exceptions, checks, letter } = judged;
		const { applicationId, checked } = order;
		const sent = letter && { ...letter, own: plainText(order.words) };
		const made = { account, quote, offer, seen, exceptions, checks, checked, letter: sent };
		const inputs = await freezeInputs(trx, { applicationId, ...made });
		const proposal = review.proposedByStaffId ? await findLatestApproval(trx, order.applicationId) : undefined;
		const step = decides
			? approvalStep({ needsSecond, proposal, decides: { ...decides, staffId: order.staffId } })
			: 'decided';
		if (decides && step === 'proposed') {
			await proposeApproval(trx, { review, decides, proposal: { ...order, seen, exceptions, inputs, at } });
		} else {
			const seconds = step === 'seconded' ? proposal : undefined;
			const facts = likeFactsOf(account, await findReason(trx, applicationId));
			await write(trx, { order, review, judged, seconds, inputs, facts, draw, at });
		}
		return { ok: true, reference: review.reference, step };
	});
}

async function write(
	trx: Trx,
	{
		order,
		review,
		judged,
		seconds,
		inputs,
		facts,
		draw,
		at,
	}: {
		order: DecisionOrder;
		review: ReviewRow;
		judged: JudgedOrder;
		/** What the first of two proposed, where this is the second's approval of it. */
		seconds: ApprovalRow | undefined;
		inputs: object;
		facts: LikeFacts | undefined;
		/** Draws what is looked at a second time; chance, but in tests. */
		draw: Draw | undefined;
		at: Date;
	},
): Promise<void> {
	const { applicationId, staffId, fence, outcome, words, note } = order;
	const { accountId, cardholderId } = review;
	const reasonCode = outcome === 'declined' ? order.reason : null;
	const actor = { kind: 'staff', id: staffId } as const;
	const decision = {
		applicationId,
		staffId,
		seconds,
		fence,
		outcome,
		reasonCode,
		words: judged.letter ? letterText(judged.letter, plainText(words)) : plainText(words),
		note: plainText(note),
	};
	const decisionId = await insertDecision(trx, { ...decision, inputs, facts, at });
	await drawSecondReview(trx, { applicationId, decisionId, at }, draw);
	const moved = await moveApplication(trx, { applicationId, to: outcome, at, actor });
	if (!moved.ok) throw new Error(`an application in review could not be decided: ${moved.refusal}`);
	await closeProposal(trx, { review, as: seconds ? 'given' : 'overruled', staffId, at });
	await closeReview(trx, { applicationId, at });
	await answerObjection(trx, { applicationId, cardholderId, decided: outcome, at, actor });
	const { approvedQuoteId: quoteId, offer } = judged;
	const excepted = exceptionCodes(judged.exceptions);
	const of = { applicationId, accountId, cardholderId, at, actor };
	if (quoteId !== undefined) await offerAgreement(trx, { ...of, quoteId });
	if (offer) await recordOffer(trx, { ...of, ...offer, decisionId, today: today() });
	await appendAudit(trx, {
		actor,
		action: 'application.decided',
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: {
			outcome,
			reason: reasonCode,
			fence,
			decisionId,
			first: seconds?.firstStaffId ?? null,
			...(excepted !== undefined && { exceptions: excepted }),
		},
	});
	const template = `application_${outcome}` as const;
	await queueMessage(trx, { cardholderId, accountId, template, applicationId, dedupeKey: `decision:${decisionId}` });
}
