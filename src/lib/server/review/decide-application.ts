import type { StaffRole } from '#lib/domain/access/permission.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { type Check, uncheckedOf } from '#lib/domain/review/checklist.ts';
import {
	type DecisionForm,
	decisionProblem,
	type DecisionRefusal,
	refusesDecision,
} from '#lib/domain/review/decision.ts';
import { changeSince, type Seen } from '#lib/domain/review/seen.ts';
import { findAccountState } from '#lib/server/account/account-state.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { offerAgreement } from '#lib/server/agreement/offer-agreement.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import { findFrozenQuote, insertDecision } from '#lib/server/review/decision.repository.ts';
import { freezeInputs } from '#lib/server/review/freeze-inputs.ts';
import { needsSupervisor } from '#lib/server/review/needs-supervisor.ts';
import { closeReview } from '#lib/server/review/queue-review.ts';
import type { HeldReview } from '#lib/server/review/renew-lease.ts';
import { leaseOf, lockClaimant, lockReview, type ReviewRow } from '#lib/server/review/review.repository.ts';

/** A decision as an agent confirmed it, with the taking and the state of things that their page showed. */
export interface DecisionOrder extends HeldReview, DecisionForm {
	/** For staff; the cardholder never reads it. */
	readonly note: string;
	readonly checked: readonly Check[];
	readonly seen: Seen;
}

export type DecideRefusal =
	| DecisionRefusal
	| NonNullable<ReturnType<typeof decisionProblem>>
	| NonNullable<ReturnType<typeof changeSince>>
	| 'not_found'
	| 'unchecked'
	| 'supervisor_needed'
	| 'account_being_checked';

export type DecideOutcome =
	| { readonly ok: true; readonly reference: string; readonly decisionId: string }
	| { readonly ok: false; readonly refusal: DecideRefusal };

/**
 * Decides an application: the decision with its frozen inputs, the status, the audit log, the message to the cardholder
 * and the end of the review stand together or not at all. Refused to whoever does not hold the lease by the taking that
 * their page shows, had a hand in the application, or decides on what has changed since.
 */
export async function decideApplication(db: Db, order: DecisionOrder): Promise<DecideOutcome> {
	return db.transaction().execute(async (trx) => {
		const claimant = await lockClaimant(trx, order.staffId);
		if (!claimant) return { ok: false, refusal: 'wrong_role' };
		const review = await lockReview(trx, order.applicationId);
		const quote = await findFrozenQuote(trx, order.applicationId);
		const account = review && (await findAccountState(trx, review.accountId));
		if (!review || !quote || !account) return { ok: false, refusal: 'not_found' };
		const at = now();
		const seen: Seen = {
			version: review.version,
			postingMark: account.postingMark,
			evidence: (await listEvidence(trx, review.applicationId)).map(({ id }) => id),
		};
		const refusal =
			refusesDecision({
				...claimant,
				cardholderId: review.cardholderId,
				hands: review.handStaffIds,
				status: review.status,
				lease: leaseOf(review),
				fence: order.fence,
				now: at,
			}) ??
			changeSince(order.seen, seen) ??
			formRefusal(order, account.beingChecked) ??
			(await limitRefusal(trx, { order, role: claimant.role, quoteId: quote.id }));
		if (refusal) return { ok: false, refusal };
		const inputs = freezeInputs({ account, quote, seen, checked: order.checked });
		const decisionId = await write(trx, { order, review, quoteId: quote.id, inputs, at });
		return { ok: true, reference: review.reference, decisionId };
	});
}

/** What is wrong with the decision as filled in. Approving needs every check done and figures that can be trusted. */
function formRefusal(order: DecisionOrder, beingChecked: boolean): DecideRefusal | undefined {
	const problem = decisionProblem(order);
	if (problem || order.outcome === 'declined') return problem;
	if (uncheckedOf(order.checked).length > 0) return 'unchecked';
	return beingChecked ? 'account_being_checked' : undefined;
}

async function limitRefusal(
	trx: Trx,
	{ order, role, quoteId }: { order: DecisionOrder; role: StaffRole; quoteId: string },
): Promise<DecideRefusal | undefined> {
	if (order.outcome === 'declined' || role === 'supervisor') return undefined;
	const { applicationId } = order;
	return (await needsSupervisor(trx, { quoteId, applicationId })) ? 'supervisor_needed' : undefined;
}

async function write(
	trx: Trx,
	{
		order,
		review,
		quoteId,
		inputs,
		at,
	}: { order: DecisionOrder; review: ReviewRow; quoteId: string; inputs: object; at: Date },
): Promise<string> {
	const { applicationId, staffId, fence, outcome, words, note } = order;
	const { accountId, cardholderId } = review;
	const reasonCode = outcome === 'declined' ? order.reason : null;
	const actor = { kind: 'staff', id: staffId } as const;
	const decision = {
		applicationId,
		staffId,
		fence,
		outcome,
		reasonCode,
		words: plainText(words),
		note: plainText(note),
	};
	const decisionId = await insertDecision(trx, { ...decision, inputs, at });
	const moved = await moveApplication(trx, { applicationId, to: outcome, at, actor });
	if (!moved.ok) throw new Error(`an application in review could not be decided: ${moved.refusal}`);
	await closeReview(trx, { applicationId, at });
	if (outcome === 'approved') {
		await offerAgreement(trx, { applicationId, accountId, cardholderId, quoteId, at, actor });
	}
	await appendAudit(trx, {
		actor,
		action: 'application.decided',
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: { outcome, reason: reasonCode, fence, decisionId },
	});
	const template = `application_${outcome}` as const;
	await queueMessage(trx, { cardholderId, accountId, template, applicationId, dedupeKey: `decision:${decisionId}` });
	return decisionId;
}
