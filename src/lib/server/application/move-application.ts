import { canMove, type Status } from '#lib/domain/application/status.ts';
import { type Application, lockApplicationRow, updateStatus } from '#lib/server/application/application.repository.ts';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** What came of a move: the application as it was before, or why it did not move. */
export type MoveOutcome =
	| { readonly ok: true; readonly before: Application }
	| { readonly ok: false; readonly refusal: 'not_found' | 'move_not_allowed' };

/**
 * Moves an application to another status: locks it, asks whether the move is legal, writes the status with its instant
 * and the audit log. What belongs to the move (queue, message, decision) its caller writes in the same transaction.
 */
export async function moveApplication(
	trx: Trx,
	{ applicationId, to, at, actor }: { applicationId: string; to: Status; at: Date; actor: Actor },
): Promise<MoveOutcome> {
	const before = await lockApplicationRow(trx, applicationId);
	if (!before) return { ok: false, refusal: 'not_found' };
	if (!canMove(before.status, to)) return { ok: false, refusal: 'move_not_allowed' };
	await updateStatus(trx, applicationId, to, at);
	await appendAudit(trx, {
		actor,
		action: `application.moved_to_${to}`,
		subjectKind: 'application',
		subjectId: applicationId,
		cardholderId: before.cardholderId,
		detail: { from: before.status, reference: before.reference },
	});
	return { ok: true, before };
}
