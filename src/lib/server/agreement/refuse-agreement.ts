import { lockOwnAgreement, type Owner } from '#lib/server/agreement/agreement.repository.ts';
import { moveAgreement } from '#lib/server/agreement/move-agreement.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** Refuses the owner's offered agreement; the application stays approved, and another can be begun. Twice is the same as once. */
export async function refuseAgreement(
	db: Db,
	{ owner, agreementId, today, at }: { owner: Owner; agreementId: string; today: Day; at: Date },
): Promise<{ ok: true } | { ok: false; refusal: 'not_found' | 'not_offered' }> {
	return db.transaction().execute(async (trx) => {
		const agreement = await lockOwnAgreement(trx, owner, agreementId);
		if (!agreement) return { ok: false, refusal: 'not_found' };
		if (agreement.status === 'refused') return { ok: true };
		const actor = { kind: 'cardholder', id: owner.cardholderId } as const;
		const moved = await moveAgreement(trx, {
			agreementId,
			to: 'refused',
			event: 'refused',
			occurredOn: today,
			at,
			actor,
		});
		return moved.ok ? { ok: true } : { ok: false, refusal: 'not_offered' };
	});
}
