import { canMove, type Status } from '#lib/domain/application/status.ts';
import { type Application, lockApplicationRow, updateStatus } from '#lib/server/application/application.repository.ts';
import { type Actor, appendAudit, type AuditEntry } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** What came of a move: the application as it was before, or why it did not move. */
export type MoveOutcome =
	| { readonly ok: true; readonly before: Application }
	| { readonly ok: false; readonly refusal: 'not_found' | 'move_not_allowed' };

/** What a move asks of an application that is locked already. */
type LockedApplication = Pick<Application, 'id' | 'status' | 'cardholderId' | 'reference'>;

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
	const audit = await moveLocked(trx, { application: before, to, at, actor });
	if (!audit) return { ok: false, refusal: 'move_not_allowed' };
	await appendAudit(trx, audit);
	return { ok: true, before };
}

/**
 * The same with an application that its caller has locked, and whose entry in the audit log the caller writes with its own:
 * the entry, or undefined where the move is not legal.
 */
export async function moveLocked(
	trx: Trx,
	{ application, to, at, actor }: { application: LockedApplication; to: Status; at: Date; actor: Actor },
): Promise<AuditEntry | undefined> {
	const { id, status, cardholderId, reference } = application;
	if (!canMove(status, to)) return undefined;
	await updateStatus(trx, id, to, at);
	return {
		actor,
		action: `application.moved_to_${to}`,
		subjectKind: 'application',
		subjectId: id,
		cardholderId,
		detail: { from: status, reference },
	};
}
