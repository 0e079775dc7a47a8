import type { Outcome } from '#lib/domain/review/decision.ts';
import { objectionOutcome } from '#lib/domain/review/objection.ts';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';
import { closeOpenObjection } from '#lib/server/objection/objection.repository.ts';

/** Ends an application's open objection with the decision that answers it, in its transaction; nothing where none is open. */
export async function answerObjection(
	trx: Trx,
	answer: { applicationId: string; cardholderId: string; decided: Outcome; at: Date; actor: Actor },
): Promise<void> {
	const { applicationId, cardholderId, decided, at, actor } = answer;
	const outcome = objectionOutcome(decided);
	const objectionId = await closeOpenObjection(trx, { applicationId, outcome, at });
	if (objectionId === undefined) return;
	await appendAudit(trx, {
		actor,
		action: `objection.${outcome}`,
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId,
		detail: { objectionId },
	});
}
