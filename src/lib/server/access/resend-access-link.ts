import { refusesResend, type ResendRefusal } from '#lib/domain/access/resend.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { createAccessLink } from '#lib/server/access/create-access-link.ts';
import { lockAccountOwner } from '#lib/server/access/link.repository.ts';
import { readResendState } from '#lib/server/access/resend-state.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** What came of a resend; `waitsUntil` is the recipient's next contact hour where it is none now. */
export type ResendOutcome =
	| { readonly ok: true; readonly linkId: string; readonly sentAt: Date }
	| { readonly ok: true; readonly linkId: string; readonly waitsUntil: Date }
	| ({ readonly ok: false } & (ResendRefusal | { readonly refusal: 'not_found' }));

/**
 * Sends a cardholder a new link for one of their accounts, to the number on file and to no other; the old link dies at
 * once. At most three a day for an account, by the bank's day, whoever of the staff sends them, with some minutes between
 * two; and none to a number that is silenced.
 */
export async function resendAccessLink(
	db: Db,
	{ cardholderId, accountId, staff }: { cardholderId: string; accountId: string; staff: { readonly id: string } },
): Promise<ResendOutcome> {
	return db.transaction().execute(async (trx) => {
		if ((await lockAccountOwner(trx, accountId)) !== cardholderId) return { ok: false, refusal: 'not_found' };
		const at = now();
		const state = await readResendState(trx, { cardholderId, accountId, at });
		const refused = refusesResend(state, at, await getAccessRules(trx));
		if (refused) return { ok: false, ...refused };
		const actor = { kind: 'staff', id: staff.id } as const;
		const { linkId, notBefore } = await createAccessLink(trx, { accountId, actor, template: 'link_resent' });
		return notBefore > at ? { ok: true, linkId, waitsUntil: notBefore } : { ok: true, linkId, sentAt: at };
	});
}
