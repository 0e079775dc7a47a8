import { linkState } from '#lib/domain/access/link.ts';
import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { beginChallenge } from '#lib/server/access/begin-challenge.ts';
import { findLink, noteTap } from '#lib/server/access/link.repository.ts';
import { now } from '#lib/server/clock.ts';
import { linkTokenHash } from '#lib/server/crypto/link-token.ts';
import type { Db } from '#lib/server/db/connect.ts';

/** What came of asking for a code by a link. */
export type SendCodeOutcome =
	| { readonly ok: true }
	| { readonly ok: false; readonly refusal: 'link_dead' }
	| { readonly ok: false; readonly refusal: 'too_many'; readonly until: Date };

/** Sends a code to the number on file of a link's owner, for the browser that asks. */
export async function sendCode(
	db: Db,
	{ token, browser, ip }: { token: string; browser: string; ip: string },
): Promise<SendCodeOutcome> {
	return db.transaction().execute(async (trx) => {
		const at = now();
		const link = await findLink(trx, linkTokenHash(token));
		if (!link || linkState(link, at) !== 'alive') return { ok: false, refusal: 'link_dead' };
		const { id, cardholderId, accountId } = link;
		await noteTap(trx, id, at);
		const asked = { target: `link:${id}`, browser, ip, accessLinkId: id, cardholderId, accountId };
		const until = await beginChallenge(trx, asked, await getAccessRules(trx));
		return until ? { ok: false, refusal: 'too_many', until } : { ok: true };
	});
}
