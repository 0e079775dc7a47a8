import { sql } from 'kysely';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** Who signs in; `accountId` is null where they have several accounts. */
export interface Person {
	readonly cardholderId: string;
	readonly accountId: string | null;
}

/**
 * The person with this phone number and a card that ends so. Undefined where nobody fits, and where two people do, who
 * share a phone and the card's end: a link tells them apart.
 */
export async function findPersonByNumbers(
	db: DbOrTrx,
	{ phone, cardLast4 }: { phone: string; cardLast4: string },
): Promise<Person | undefined> {
	const { rows } = await sql<{ cardholderId: string; accounts: number; accountId: string }>`
		select cardholder.id as "cardholderId", count(*) as accounts, min(account.id) as "accountId"
		from cardholder join account on account.cardholder_id = cardholder.id
		where cardholder.phone = ${phone}
		group by cardholder.id
		having bool_or(account.card_last4 = ${cardLast4})
		limit 2`.execute(db);
	const [person, another] = rows;
	if (!person || another) return undefined;
	return { cardholderId: person.cardholderId, accountId: person.accounts === 1 ? person.accountId : null };
}

/** The last four of a cardholder's identity number; undefined for nobody. */
export async function findIdLast4(db: DbOrTrx, cardholderId: string | null): Promise<string | undefined> {
	const row = await db
		.selectFrom('cardholder')
		.select('id_last4 as idLast4')
		.where('id', '=', cardholderId)
		.executeTakeFirst();
	return row?.idLast4;
}

/** How the cards of a person end, each once. */
export async function listCardEnds(db: DbOrTrx, cardholderId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('account')
		.select('card_last4 as cardLast4')
		.distinct()
		.where('cardholder_id', '=', cardholderId)
		.execute();
	return rows.map(({ cardLast4 }) => cardLast4);
}

/** The phone number of a cardholder, of which a page shows the last digits to whoever holds their link. */
export async function findPhone(db: DbOrTrx, cardholderId: string | null): Promise<string | undefined> {
	const row = await db.selectFrom('cardholder').select('phone').where('id', '=', cardholderId).executeTakeFirst();
	return row?.phone;
}
