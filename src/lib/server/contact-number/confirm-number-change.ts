import { type ConfirmRefusal, hoursAfter, judgeConfirmation } from '#lib/domain/access/number-change.ts';
import { closeChallenges } from '#lib/server/access/close-challenges.ts';
import { killLinks } from '#lib/server/access/kill-links.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import {
	answerChange,
	countMismatch,
	findIsOtherSupport,
	lockOpenChange,
	lockPhone,
	type OpenChangeRow,
	updatePhone,
} from '#lib/server/contact-number/number-change.repository.ts';
import { readNumberChangeRules } from '#lib/server/contact-number/number-change-rules.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';
import { forgetDevices } from '#lib/server/push/forget-devices.ts';
import { endAllSessions } from '#lib/server/session/end-session.ts';

/** `own_number`: nobody confirms for themselves; `number_moved`: the core has told another number since it was asked. */
export type ConfirmOutcome =
	| { readonly ok: true; readonly heldUntil: Date }
	| { readonly ok: false; readonly refusal: ConfirmRefusal | 'own_number' | 'number_moved' };

/**
 * Confirms, as the second person, that a number is changed: the number, the death of every link, the end of sessions and
 * challenges, the message to the old number and the audit log stand together or not at all. From then on nothing can be sent
 * or signed for a while. `lastFour` is what the caller said of the new number.
 */
export async function confirmNumberChange(
	db: Db,
	{ cardholderId, staffId, lastFour }: { cardholderId: string; staffId: string; lastFour: string },
): Promise<ConfirmOutcome> {
	return db.transaction().execute(async (trx): Promise<ConfirmOutcome> => {
		const at = now();
		const phone = await lockPhone(trx, cardholderId);
		const change = await lockOpenChange(trx, cardholderId);
		const rules = await readNumberChangeRules(trx);
		const refusal = judgeConfirmation(change, { staffId, lastFour, at }, rules);
		if (!change || refusal === 'not_open') return { ok: false, refusal: 'not_open' };
		if (refusal === 'same_person') return { ok: false, refusal };
		if (!(await findIsOtherSupport(trx, { staffId, cardholderId }))) return { ok: false, refusal: 'own_number' };
		if (refusal) {
			await noteMismatch(trx, change, { staffId, at, isLast: refusal === 'refused_now' });
			return { ok: false, refusal };
		}
		if (phone !== change.oldPhone) return { ok: false, refusal: 'number_moved' };
		const heldUntil = hoursAfter(at, rules.holdHours);
		await carryOut(trx, change, { staffId, at, heldUntil });
		return { ok: true, heldUntil };
	});
}

async function carryOut(
	trx: Trx,
	{ id, cardholderId, newPhone, askedBy }: OpenChangeRow,
	{ staffId, at, heldUntil }: { staffId: string; at: Date; heldUntil: Date },
): Promise<void> {
	await answerChange(trx, id, { outcome: 'confirmed', staffId, at, heldUntil });
	await updatePhone(trx, cardholderId, newPhone);
	const links = await killLinks(trx, cardholderId);
	await closeChallenges(trx, cardholderId, at);
	await endAllSessions(trx, 'cardholder', cardholderId);
	const actor = { kind: 'staff', id: staffId } as const;
	await forgetDevices(trx, { cardholderId, actor, why: 'number_changed' });
	await queueMessage(trx, {
		cardholderId,
		template: 'number_changed',
		numberChangeId: id,
		dedupeKey: `number_changed:${id}`,
	});
	await appendAudit(trx, {
		actor,
		action: 'number_change.confirmed',
		subjectKind: 'number_change',
		subjectId: id,
		cardholderId,
		detail: { askedBy, links, heldUntil: heldUntil.toISOString() },
	});
}

async function noteMismatch(
	trx: Trx,
	{ id, cardholderId }: OpenChangeRow,
	{ staffId, at, isLast }: { staffId: string; at: Date; isLast: boolean },
): Promise<void> {
	await countMismatch(trx, id);
	if (isLast) await answerChange(trx, id, { outcome: 'refused', staffId, at, heldUntil: null });
	await appendAudit(trx, {
		actor: { kind: 'staff', id: staffId },
		action: isLast ? 'number_change.refused' : 'number_change.mismatched',
		subjectKind: 'number_change',
		subjectId: id,
		cardholderId,
		detail: { why: 'last_four' },
	});
}
