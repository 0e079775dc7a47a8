import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { beginChallenge } from '#lib/server/access/begin-challenge.ts';
import { findPersonByNumbers } from '#lib/server/access/person.repository.ts';
import { targetOfNumbers } from '#lib/server/access/target.ts';
import type { Db } from '#lib/server/db/connect.ts';

/**
 * Asks for a code without a link, by the phone number (E.164) and the last four of a card. It does the same work whether the
 * two fit somebody or not, and both lead to the page that asks for the code; only where all are refused for a minute it says so. A person with several
 * accounts chooses after signing in.
 */
export async function requestCode(
	db: Db,
	{ phone, cardLast4, browser, ip }: { phone: string; cardLast4: string; browser: string; ip: string },
): Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: 'busy' }> {
	return db.transaction().execute(async (trx) => {
		const person = await findPersonByNumbers(trx, { phone, cardLast4 });
		const cardholderId = person?.cardholderId ?? null;
		const accountId = person?.accountId ?? null;
		const targetHash = targetOfNumbers({ phone, cardLast4 });
		const asked = { targetHash, browser, ip, accessLinkId: null, cardholderId, accountId };
		const outcome = await beginChallenge(trx, asked, await getAccessRules(trx));
		return !outcome.ok && outcome.refusal === 'busy' ? outcome : { ok: true };
	});
}
