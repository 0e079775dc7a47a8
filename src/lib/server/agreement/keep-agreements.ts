import type { Day } from '#lib/domain/day.ts';
import { keepPlan } from '#lib/server/agreement/keep-plan.ts';
import {
	claimPlanToKeep,
	claimUnsigned,
	findImportedAt,
	markLooked,
} from '#lib/server/agreement/keeping.repository.ts';
import { getKeepingRules } from '#lib/server/agreement/keeping-rules.ts';
import { moveAgreement } from '#lib/server/agreement/move-agreement.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { log } from '#lib/server/log.ts';
import { queueMessage } from '#lib/server/message/queue-message.ts';

const MOST_AT_ONCE = 500;

/**
 * Looks after every signed plan once a day and after each import: what was missed, made good, lapsed or completed is written,
 * each plan in a transaction of its own. Any number of processes may do so at once. A plan at fault is logged and left for
 * the next time. Returns how many plans were looked at.
 */
export async function keepAgreements(db: Db, { today }: { today: Day }): Promise<number> {
	const rules = await getKeepingRules(db);
	const importedAt = await findImportedAt(db);
	const atFault: string[] = [];
	let looked = 0;
	while (looked + atFault.length < MOST_AT_ONCE) {
		let inHand: { readonly id: string; readonly reference: string } | undefined;
		try {
			const found = await db.transaction().execute(async (trx) => {
				const at = now();
				const agreement = await claimPlanToKeep(trx, { today, importedAt, except: atFault });
				if (!agreement) return false;
				inHand = agreement;
				await keepPlan(trx, agreement, { today, rules, at });
				// Another process's clock may be ahead of ours: what its import brought is seen all the same.
				await markLooked(trx, agreement.id, today, at > importedAt ? at : importedAt);
				return true;
			});
			if (!found) return looked;
			looked++;
		} catch (fault) {
			if (inHand === undefined) throw fault;
			atFault.push(inHand.id);
			log.error({ job: 'keep-agreements', reference: inHand.reference, fault }, 'a plan could not be looked after');
		}
	}
	return looked;
}

/** Ends the offers whose time to sign is over, and tells their holders. Returns how many. */
export async function expireOffers(db: Db, { today, at }: { today: Day; at: Date }): Promise<number> {
	for (let expired = 0; expired < MOST_AT_ONCE; expired++) {
		const found = await db.transaction().execute(async (trx) => {
			const agreement = await claimUnsigned(trx, at);
			if (!agreement) return false;
			const { id: agreementId, cardholderId, accountId } = agreement;
			const actor = { kind: 'system', id: null } as const;
			await moveAgreement(trx, { agreementId, to: 'expired', event: 'expired', occurredOn: today, at, actor });
			const dedupeKey = `agreement_expired ${agreementId}`;
			await queueMessage(trx, { cardholderId, accountId, template: 'agreement_expired', dedupeKey });
			return true;
		});
		if (!found) return expired;
	}
	return MOST_AT_ONCE;
}
