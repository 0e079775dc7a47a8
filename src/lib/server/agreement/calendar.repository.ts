import type { Owner } from '#lib/server/agreement/agreement.repository.ts';
import type { SignedRow } from '#lib/server/agreement/keeping.repository.ts';
import { calendarTokenHash } from '#lib/server/crypto/calendar-token.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** The agreement whose feed has this token, with the language of its holder; in whatever status. */
export async function selectFeed(
	db: DbOrTrx,
	token: string,
): Promise<{ owner: Owner; agreementId: string; locale: string } | undefined> {
	const row = await db
		.selectFrom('agreement as g')
		.innerJoin('cardholder as c', 'c.id', 'g.cardholder_id')
		.select(['g.id', 'g.account_id', 'g.cardholder_id', 'c.locale'])
		.where('g.calendar_token_hash', '=', calendarTokenHash(token))
		.executeTakeFirst();
	if (!row) return undefined;
	const owner = { accountId: row.account_id, cardholderId: row.cardholder_id };
	return { owner, agreementId: row.id, locale: row.locale };
}

/** The seed of an agreement's feed. */
export async function selectCalendarSeed(db: DbOrTrx, { id }: Pick<SignedRow, 'id'>): Promise<Buffer | undefined> {
	const row = await db.selectFrom('agreement').select('calendar_seed').where('id', '=', id).executeTakeFirst();
	return row?.calendar_seed ?? undefined;
}

/** The owner's plan that is kept, locked. */
export async function lockKeptPlan(trx: Trx, owner: Owner): Promise<string | undefined> {
	const row = await trx
		.selectFrom('agreement')
		.select('id')
		.where('account_id', '=', owner.accountId)
		.where('cardholder_id', '=', owner.cardholderId)
		.where('status', 'in', ['active', 'missed'])
		.forUpdate()
		.executeTakeFirst();
	return row?.id;
}
