import { type RequestForm, type RequestProblem, requestProblem } from '#lib/domain/application/information-request.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { type DecisionRefusal, refusesDecision } from '#lib/domain/review/decision.ts';
import { LONGEST_NOTE } from '#lib/domain/review/note.ts';
import { changeSince, type Seen } from '#lib/domain/review/seen.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now, today } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import { recordRequest } from '#lib/server/request/record-request.ts';
import { closeProposal } from '#lib/server/review/close-proposal.ts';
import { seeNow } from '#lib/server/review/find-change.ts';
import { isDecisionConfirmed } from '#lib/server/review/is-decision-confirmed.ts';
import { closeReview } from '#lib/server/review/queue-review.ts';
import type { HeldReview } from '#lib/server/review/renew-lease.ts';
import {
	eyesOf,
	insertNote,
	leaseOf,
	lockClaimant,
	lockReview,
	type ReviewRow,
} from '#lib/server/review/review.repository.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';

/** What an agent asks for, with the taking and the state of things that their page showed. */
export interface RequestOrder extends HeldReview {
	readonly request: RequestForm;
	/** For staff; empty for none. */
	readonly note: string;
	readonly sessionId: string;
	readonly seen: Seen;
}

/** Why nothing was asked. */
export type RequestMoreRefusal =
	| RequestProblem
	| DecisionRefusal
	| NonNullable<ReturnType<typeof changeSince>>
	| 'not_found'
	| 'not_confirmed'
	| 'note_long';

/**
 * Asks the cardholder for more: the request with its items, the status, the end of the taking, a note, the audit log and one
 * message stand together or not at all. The case leaves the queue until it comes, or its day is over, and the promise's clock
 * stands still. It is guarded as a decision is, and needs no second person: nothing is granted or refused by it.
 */
export async function requestMore(
	db: Db,
	order: RequestOrder,
): Promise<{ ok: true; reference: string } | { ok: false; refusal: RequestMoreRefusal }> {
	return db.transaction().execute(async (trx) => {
		const { staffId, applicationId, fence } = order;
		const request = plainRequest(order.request);
		const calendar = await readWorkCalendar(trx);
		const problem = requestProblem(request, { today: today(), calendar });
		if (problem) return { ok: false, refusal: problem };
		const note = plainText(order.note);
		if (note.length > LONGEST_NOTE) return { ok: false, refusal: 'note_long' };
		const claimant = await lockClaimant(trx, staffId);
		if (!claimant) return { ok: false, refusal: 'wrong_role' };
		const review = await lockReview(trx, applicationId);
		const present = review && (await seeNow(trx, review));
		if (!review || !present) return { ok: false, refusal: 'not_found' };
		const at = now();
		const asked = { ...eyesOf(review, claimant), status: review.status, lease: leaseOf(review), fence };
		const refusal = refusesDecision({ ...asked, now: at }) ?? changeSince(order.seen, present);
		if (refusal) return { ok: false, refusal };
		if (!(await isDecisionConfirmed(trx, { ...order, at }))) return { ok: false, refusal: 'not_confirmed' };
		await write(trx, { review, request, note, by: { staffId, fence }, at });
		return { ok: true, reference: review.reference };
	});
}

/** The request as it is kept: without what no text of ours holds. */
export function plainRequest({ items, dueOn, words }: RequestForm): RequestForm {
	return { items: items.map((item) => ({ ...item, words: plainText(item.words) })), dueOn, words: plainText(words) };
}

async function write(
	trx: Trx,
	{
		review,
		request,
		note,
		by: { staffId, fence },
		at,
	}: { review: ReviewRow; request: RequestForm; note: string; by: { staffId: string; fence: number }; at: Date },
): Promise<void> {
	const { applicationId, accountId, cardholderId } = review;
	const actor = { kind: 'staff', id: staffId } as const;
	const requestId = await recordRequest(trx, { ...request, applicationId, staffId, fence, at });
	const moved = await moveApplication(trx, { applicationId, to: 'more_requested', at, actor });
	if (!moved.ok) throw new Error(`an application in review could not wait for more: ${moved.refusal}`);
	await closeProposal(trx, { review, as: 'overruled', staffId, at });
	await closeReview(trx, { applicationId, at });
	if (note !== '') await insertNote(trx, { applicationId, staffId, leftFor: 'more_asked', body: note, at });
	await appendAudit(trx, {
		actor,
		action: 'request.asked',
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: { requestId, items: request.items.length, dueOn: request.dueOn, fence },
	});
	const dedupeKey = `more_requested:${requestId}`;
	await queueMessage(trx, { cardholderId, accountId, template: 'more_requested', applicationId, dedupeKey });
}
