import { addWorkingDays } from '#lib/domain/application/working-days.ts';
import { type Day, dayIn, daysBetween } from '#lib/domain/day.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { objectionProblem, type ObjectionRefusal, refusesObjection } from '#lib/domain/review/objection.ts';
import { findCurrentApplication, type Owner } from '#lib/server/application/draft.ts';
import { lockOwn } from '#lib/server/application/lock-open.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import { findDecline, findObjectionRow, insertObjection } from '#lib/server/objection/objection.repository.ts';
import { readObjectionRules } from '#lib/server/objection/objection-rules.ts';
import { requeueReview } from '#lib/server/review/queue-review.ts';
import { readWorkCalendar } from '#lib/server/review/work-calendar.ts';

/** What a cardholder objects with, and when. */
export interface ObjectionOrder {
	readonly owner: Owner;
	readonly applicationId: string;
	readonly words: string;
	readonly today: Day;
	readonly at: Date;
	readonly timeZone: string;
}

export type ObjectRefusal = ObjectionRefusal | 'words_missing' | 'words_long' | 'not_found';

/**
 * Objects to the decline of the owner's application: it goes back into the queue as of now, with the day by which it is
 * answered, and whoever decided it never gets it again. The objection, the move, the place in the queue, the audit log and
 * the message stand together. A second tap while it is open is the same objection.
 */
export async function objectToDecision(
	db: Db,
	order: ObjectionOrder,
): Promise<{ ok: true } | { ok: false; refusal: ObjectRefusal }> {
	const { applicationId, today, at, timeZone } = order;
	const plain = plainText(order.words);
	const problem = objectionProblem(plain);
	if (problem) return { ok: false, refusal: problem };
	const objecting = db.transaction().execute<{ ok: true } | { ok: false; refusal: ObjectRefusal }>(async (trx) => {
		const { cardholderId } = order.owner;
		const application = await lockOwn(trx, cardholderId, applicationId);
		if (!application) return { ok: false, refusal: 'not_found' };
		const earlier = await findObjectionRow(trx, applicationId);
		if (earlier && earlier.closedAt === null && earlier.words === plain) return { ok: true };
		const rules = await readObjectionRules(trx);
		const { status, decidedAt, accountId } = application;
		const owner = { cardholderId, accountId };
		const current = await findCurrentApplication(trx, owner);
		const asked = {
			status,
			decidedOn: decidedAt && dayIn(decidedAt, timeZone),
			hasObjected: earlier !== undefined,
			isFollowed: current?.id !== applicationId,
		};
		const refusal = refusesObjection(asked, { today, rules });
		if (refusal) return { ok: false, refusal };
		const answerBy = addWorkingDays(today, rules.answerWorkingDays, await readWorkCalendar(trx));
		await write(trx, { owner, applicationId, words: plain, today, at, answerBy });
		return { ok: true };
	});
	return objecting.catch((error: unknown) => {
		if (isBegunMeanwhile(error)) return { ok: false, refusal: 'followed' };
		throw error;
	});
}

/** Another application of the account came to stand in the same instant: the index of open ones lets one of them be. */
function isBegunMeanwhile(error: unknown): boolean {
	const { code, constraint } = error as { code?: string; constraint?: string };
	return code === '23505' && constraint === 'application_open';
}

async function write(
	trx: Trx,
	{
		owner: { cardholderId, accountId },
		applicationId,
		words,
		today,
		at,
		answerBy,
	}: Pick<ObjectionOrder, 'owner' | 'applicationId' | 'words' | 'today' | 'at'> & { answerBy: Day },
): Promise<void> {
	const decisionId = await findDecline(trx, applicationId);
	if (decisionId === undefined) throw new Error('a declined application without its decision');
	const objection = { applicationId, decisionId, cardholderId, words, at, answerBy };
	const objectionId = await insertObjection(trx, objection);
	const actor = { kind: 'cardholder', id: cardholderId } as const;
	const moved = await moveApplication(trx, { applicationId, to: 'submitted', at, actor });
	if (!moved.ok) throw new Error(`a declined application could not be looked at again: ${moved.refusal}`);
	// Due at the same time of day, as everything in the queue is.
	const dueAt = new Date(at.getTime() + daysBetween(today, answerBy) * 86_400_000);
	await requeueReview(trx, { applicationId, at, dueAt });
	await appendAudit(trx, {
		actor,
		action: 'objection.made',
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: { objectionId, decisionId, answerBy },
	});
	const dedupeKey = `objection:${objectionId}`;
	await queueMessage(trx, { cardholderId, accountId, template: 'objection_received', applicationId, dedupeKey });
}
