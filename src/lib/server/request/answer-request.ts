import { LONGEST_ANSWER } from '#lib/domain/application/information-request.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { lockOfAccount, type Owner } from '#lib/server/application/lock-open.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { emptyDraft } from '#lib/server/form-draft/find-draft.ts';
import { listEvidence } from '#lib/server/evidence/list-evidence.ts';
import { listRequests, openOf } from '#lib/server/request/read-requests.ts';
import { saveAnswer } from '#lib/server/request/request.repository.ts';
import { returnToQueue } from '#lib/server/request/return-to-queue.ts';

/** What a cardholder sends: the answers as typed, by the item's position, and whether that is all. */
export interface AnswerForm {
	readonly applicationId: string;
	readonly answers: readonly { readonly position: number; readonly text: string }[];
	/** `save` keeps what was typed; `send` sends where everything is there; `send_anyway` sends without. */
	readonly deed: 'save' | 'send' | 'send_anyway';
}

/** `not_asked`: nothing is asked any more, because it was sent, withdrawn, or its day is over. */
export type AnswerOutcome =
	| { readonly ok: true; readonly step: 'saved' | 'incomplete' | 'sent' }
	| { readonly ok: false; readonly refusal: 'not_found' | 'not_asked' | 'answer_long' };

/**
 * Keeps the owner's answers, whatever else is missing, and sends the application back into the queue where they say that this is
 * everything. Sending twice is the same as once: the second finds nothing asked.
 */
export async function answerRequest(
	db: Db,
	{ owner, form, at }: { owner: Owner; form: AnswerForm; at: Date },
): Promise<AnswerOutcome> {
	const { applicationId } = form;
	const answers = form.answers.map(({ position, text }) => ({ position, answer: plainText(text) }));
	if (answers.some(({ answer }) => answer.length > LONGEST_ANSWER)) return { ok: false, refusal: 'answer_long' };
	return db.transaction().execute(async (trx): Promise<AnswerOutcome> => {
		const application = await lockOfAccount(trx, owner, applicationId);
		if (!application) return { ok: false, refusal: 'not_found' };
		if (application.status !== 'more_requested') return { ok: false, refusal: 'not_asked' };
		const read = async () =>
			openOf(await listRequests(trx, { applicationId, evidence: await listEvidence(trx, applicationId) }));
		const request = await read();
		if (!request) return { ok: false, refusal: 'not_asked' };
		for (const { position, answer } of answers) {
			const item = request.items.find((each) => each.position === position);
			if (item?.what === 'answer' && item.answer !== answer) {
				await saveAnswer(trx, { requestId: request.id, position, answer, at });
			}
		}
		await emptyDraft(trx, application, { form: 'answer', subjectId: request.id, at });
		if (form.deed === 'save') return { ok: true, step: 'saved' };
		const isComplete = (await read())?.items.every((item) => item.isBrought) ?? false;
		if (!isComplete && form.deed === 'send') return { ok: true, step: 'incomplete' };
		const actor = { kind: 'cardholder', id: owner.cardholderId } as const;
		await returnToQueue(trx, { application, as: 'answered', at, actor });
		return { ok: true, step: 'sent' };
	});
}
