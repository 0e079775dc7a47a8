import { networkOf } from '#lib/domain/access/network.ts';
import { linkState } from '#lib/domain/access/link.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { auditRefusal } from '#lib/server/access/audit-refusal.ts';
import { type BeginOutcome, beginChallenge } from '#lib/server/access/begin-challenge.ts';
import { findLink, noteTap } from '#lib/server/access/link.repository.ts';
import { targetOfLink } from '#lib/server/access/target.ts';
import { hashForLimits } from '#lib/server/access/throttle.ts';
import { now } from '#lib/server/clock.ts';
import { linkTokenHash } from '#lib/server/crypto/link-token.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** What came of asking for a code by a link. */
export type SendCodeOutcome = BeginOutcome | { readonly ok: false; readonly refusal: 'link_dead' };

/** Sends a code to the number on file of a link's owner, for the browser that asks. */
export async function sendCode(
	db: Db,
	{ token, browser, ip }: { token: string; browser: string; ip: string },
): Promise<SendCodeOutcome> {
	return db.transaction().execute(async (trx) => {
		const at = now();
		const link = await findLink(trx, linkTokenHash(token));
		if (!link || linkState(link, at) !== 'alive') {
			const subject = link ? ({ kind: 'access_link', id: link.id } as const) : ({ kind: 'door', id: 'link' } as const);
			const target = link ? targetOfLink(link.id) : hashForLimits(networkOf(ip));
			await auditRefusal(trx, { kind: 'link_dead', target, subject, cardholderId: link?.cardholderId ?? null });
			return { ok: false, refusal: 'link_dead' };
		}
		const { id, cardholderId, accountId } = link;
		await noteTap(trx, id, at);
		const asked = { targetHash: targetOfLink(id), browser, ip, accessLinkId: id, cardholderId, accountId };
		return beginChallenge(trx, asked, await getAccessRules(trx));
	});
}
