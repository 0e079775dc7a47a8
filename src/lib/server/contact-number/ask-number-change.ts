import { type AskRefusal, hoursAfter, judgeNumberChange, type NumberProof } from '#lib/domain/access/number-change.ts';
import { readPhone } from '#lib/domain/access/phone.ts';
import { isNumberSilenced } from '#lib/server/access/silenced-people.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { hasSeenScreen } from '#lib/server/support/check-screen-code.ts';
import { now } from '#lib/server/clock.ts';
import {
	answerChange,
	findIsOtherSupport,
	insertChange,
	lockOpenChange,
	lockPhone,
} from '#lib/server/contact-number/number-change.repository.ts';
import { readNumberChangeRules } from '#lib/server/contact-number/number-change-rules.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** What support filled in; the new number twice, in any spelling. */
export interface NumberChangeForm {
	readonly proofs: readonly NumberProof[];
	readonly phone: string;
	readonly again: string;
}

/** `open_already`: another request waits; `own_number`: nobody asks for themselves. */
export type AskOutcome =
	| { readonly ok: true }
	| { readonly ok: false; readonly refusals: readonly (AskRefusal | 'not_found' | 'open_already' | 'own_number')[] };

/** Asks for a person's number to be changed. Nothing changes until a second person of support has confirmed it. */
export async function askNumberChange(
	db: Db,
	{ cardholderId, staffId, form }: { cardholderId: string; staffId: string; form: NumberChangeForm },
): Promise<AskOutcome> {
	return db.transaction().execute(async (trx): Promise<AskOutcome> => {
		const at = now();
		const oldPhone = await lockPhone(trx, cardholderId);
		if (oldPhone === undefined) return { ok: false, refusals: ['not_found'] };
		if (!(await findIsOtherSupport(trx, { staffId, cardholderId }))) return { ok: false, refusals: ['own_number'] };
		const open = await lockOpenChange(trx, cardholderId);
		if (open && at < open.expiresAt) return { ok: false, refusals: ['open_already'] };
		const rules = await readNumberChangeRules(trx);
		const newPhone = readPhone(form.phone);
		const refusals = judgeNumberChange(
			{
				proofs: form.proofs,
				phone: newPhone,
				again: readPhone(form.again),
				currentPhone: oldPhone,
				isSilenced: newPhone !== undefined && (await isNumberSilenced(trx, newPhone)),
				hasSeenScreen: await hasSeenScreen(trx, { cardholderId, staffId }),
			},
			rules,
		);
		if (refusals.length > 0 || newPhone === undefined) return { ok: false, refusals };
		if (open) {
			await answerChange(trx, open.id, { outcome: 'expired', staffId: null, at: open.expiresAt, heldUntil: null });
		}
		const proofs = rules.proofs.filter((proof) => form.proofs.includes(proof));
		const expiresAt = hoursAfter(at, rules.openHours);
		const change = { cardholderId, oldPhone, newPhone, proofs, askedBy: staffId, askedAt: at, expiresAt };
		const changeId = await insertChange(trx, change);
		await appendAudit(trx, {
			actor: { kind: 'staff', id: staffId },
			action: 'number_change.asked',
			subjectKind: 'number_change',
			subjectId: changeId,
			cardholderId,
			detail: { proofs: proofs.join(',') },
		});
		return { ok: true };
	});
}
