import { getAccessRules } from '#lib/server/access/access-rules.ts';
import { beginChallenge } from '#lib/server/access/begin-challenge.ts';
import { findPersonByNumbers } from '#lib/server/access/person.repository.ts';
import type { Db } from '#lib/server/db/connect.ts';

/**
 * Asks for a code without a link, by the phone number (E.164) and the last four of a card. It answers nothing, and does the
 * same work whether the two fit somebody or not: both lead to the page that asks for the code. A person with several
 * accounts chooses after signing in.
 */
export async function requestCode(
	db: Db,
	{ phone, cardLast4, browser, ip }: { phone: string; cardLast4: string; browser: string; ip: string },
): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const person = await findPersonByNumbers(trx, { phone, cardLast4 });
		const cardholderId = person?.cardholderId ?? null;
		const accountId = person?.accountId ?? null;
		const target = `numbers:${phone}:${cardLast4}`;
		const asked = { target, browser, ip, accessLinkId: null, cardholderId, accountId };
		await beginChallenge(trx, asked, await getAccessRules(trx));
	});
}
