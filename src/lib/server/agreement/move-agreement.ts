import { type AgreementStatus, canMoveAgreement } from '#lib/domain/agreement/agreement-status.ts';
import type { Day } from '#lib/domain/day.ts';
import {
	type Agreement,
	type AgreementEventKind,
	insertAgreementEvent,
	lockAgreementRow,
	updateAgreementStatus,
} from '#lib/server/agreement/agreement.repository.ts';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** A move of an agreement with the event that is its reason. */
export interface AgreementMove {
	readonly agreementId: string;
	readonly to: AgreementStatus;
	readonly event: AgreementEventKind;
	readonly instalment?: number;
	/** Figures and ids of the event; amounts are no business of the audit log. */
	readonly detail?: Readonly<Record<string, string | number>>;
	readonly occurredOn: Day;
	readonly at: Date;
	readonly actor: Actor;
}

/**
 * Moves an agreement to another status: locks it, asks whether the move is legal, writes the status, the event and the audit
 * log. What belongs to the move (signature, message) its caller writes in the same transaction.
 */
export async function moveAgreement(
	trx: Trx,
	{ agreementId, to, event, instalment, detail, occurredOn, at, actor }: AgreementMove,
): Promise<{ ok: true; before: Agreement } | { ok: false; refusal: 'not_found' | 'move_not_allowed' }> {
	const before = await lockAgreementRow(trx, agreementId);
	if (!before) return { ok: false, refusal: 'not_found' };
	if (!canMoveAgreement(before.status, to)) return { ok: false, refusal: 'move_not_allowed' };
	await updateAgreementStatus(trx, agreementId, to, at);
	const which = instalment === undefined ? {} : { instalment };
	await insertAgreementEvent(trx, { agreementId, kind: event, occurredOn, at, ...which, detail: detail ?? {} });
	await appendAudit(trx, {
		actor,
		action: `agreement.${event}`,
		subjectKind: 'agreement',
		subjectId: agreementId,
		cardholderId: before.cardholderId,
		detail: { from: before.status, to, reference: before.reference, ...which },
	});
	return { ok: true, before };
}
