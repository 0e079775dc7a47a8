import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { ensureHolder, findPasskeyStanding, saveOfferDeclined } from '#lib/server/passkey/passkey.repository.ts';
import { relyingParty } from '#lib/server/passkey/relying-party.ts';

/** Whether a cardholder is to be offered a passkey: they have none and never said that they want none. */
export async function isPasskeyOffered(db: Db, cardholderId: string): Promise<boolean> {
	if (!relyingParty()) return false;
	const owner = { kind: 'cardholder', id: cardholderId } as const;
	const { hasDeclined, hasPasskey } = await findPasskeyStanding(db, owner);
	return !hasDeclined && !hasPasskey;
}

/** Notes that a cardholder wants no offer of a passkey, on whatever device; the page of theirs still has it. */
export async function declinePasskeyOffer(db: Db, cardholderId: string): Promise<void> {
	const owner = { kind: 'cardholder', id: cardholderId } as const;
	await db.transaction().execute(async (trx) => {
		await ensureHolder(trx, owner);
		await saveOfferDeclined(trx, { owner, at: now() });
		const subject = { subjectKind: 'cardholder', subjectId: cardholderId, cardholderId };
		await appendAudit(trx, { actor: owner, action: 'passkey.offer_declined', ...subject });
	});
}
