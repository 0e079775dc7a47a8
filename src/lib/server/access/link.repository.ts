import { sql } from 'kysely';
import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** An access link as its row holds it; neither its token nor its address stand there. */
export interface LinkRow {
	readonly id: string;
	readonly accountId: string;
	readonly cardholderId: string;
	readonly expiresAt: Date;
	readonly revokedAt: Date | null;
	readonly usedAt: Date | null;
	/** The number that its message went to; null before. */
	readonly sentTo: string | null;
}

/** Locks an account against another link made at the same time; undefined where there is no such account. */
export async function lockAccountOwner(trx: Trx, accountId: string): Promise<string | undefined> {
	const row = await trx
		.selectFrom('account')
		.select('cardholder_id')
		.where('id', '=', accountId)
		.forNoKeyUpdate()
		.executeTakeFirst();
	return row?.cardholder_id;
}

/** Kills the links of an account that are alive, and what their tokens could be made from; returns their ids. */
export async function revokeLinks(trx: Trx, accountId: string, at: Date): Promise<string[]> {
	const rows = await trx
		.updateTable('access_link')
		.set({ revoked_at: at, seed: null })
		.where('account_id', '=', accountId)
		.where('revoked_at', 'is', null)
		.returning('id')
		.execute();
	return rows.map(({ id }) => id);
}

export async function insertLink(
	trx: Trx,
	link: {
		accountId: string;
		cardholderId: string;
		seed: Buffer;
		tokenHash: Buffer;
		createdBy: string;
		createdAt: Date;
		expiresAt: Date;
	},
): Promise<string> {
	const { id } = await trx
		.insertInto('access_link')
		.values({
			account_id: link.accountId,
			cardholder_id: link.cardholderId,
			seed: link.seed,
			token_hash: link.tokenHash,
			created_by: link.createdBy,
			created_at: link.createdAt,
			expires_at: link.expiresAt,
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Kills every living link of a person; returns their ids. */
export async function revokeLinksOfPerson(trx: Trx, cardholderId: string, at: Date): Promise<string[]> {
	const rows = await trx
		.updateTable('access_link')
		.set({ revoked_at: at, seed: null })
		.where('cardholder_id', '=', cardholderId)
		.where('revoked_at', 'is', null)
		.returning('id')
		.execute();
	return rows.map(({ id }) => id);
}

/** The ids of a person's links that are not revoked. */
export async function listLivingLinks(trx: Trx, cardholderId: string): Promise<string[]> {
	const rows = await trx
		.selectFrom('access_link')
		.select('id')
		.where('cardholder_id', '=', cardholderId)
		.where('revoked_at', 'is', null)
		.execute();
	return rows.map(({ id }) => id);
}

/** Notes that a link was opened, where it is known, and by what; returns nothing, since nobody may learn whether it is. */
export async function noteOpening(
	db: DbOrTrx,
	{ tokenHash, by, at }: { tokenHash: Buffer; by: 'person' | 'robot'; at: Date },
): Promise<void> {
	await db
		.updateTable('access_link')
		.set((eb) =>
			by === 'person'
				? {
						opened_count: eb('opened_count', '+', 1),
						first_opened_at: eb.fn.coalesce('first_opened_at', eb.val(at)),
						last_opened_at: at,
					}
				: {
						robot_opened_count: eb('robot_opened_count', '+', 1),
						first_robot_opened_at: eb.fn.coalesce('first_robot_opened_at', eb.val(at)),
					},
		)
		.where('token_hash', '=', tokenHash)
		.execute();
}

/** Notes the first time that somebody tapped on the page that a link leads to. */
export async function noteTap(trx: Trx, linkId: string, at: Date): Promise<void> {
	await trx
		.updateTable('access_link')
		.set({ first_tapped_at: at })
		.where('id', '=', linkId)
		.where('first_tapped_at', 'is', null)
		.execute();
}

/** Removes what a link's token could be made from; `sentTo` is the number that its message went to, if it went. */
export async function clearSeed(trx: Trx, linkId: string, sentTo: string | null): Promise<void> {
	await trx
		.updateTable('access_link')
		.set({ seed: null, ...(sentTo !== null && { sent_to: sentTo }) })
		.where('id', '=', linkId)
		.execute();
}

/** The same for every link that is over. */
export async function clearOldSeeds(db: DbOrTrx, at: Date): Promise<void> {
	await db
		.updateTable('access_link')
		.set({ seed: null })
		.where('seed', 'is not', null)
		.where('expires_at', '<=', at)
		.execute();
}

export async function findLink(db: DbOrTrx, tokenHash: Buffer): Promise<LinkRow | undefined> {
	return db
		.selectFrom('access_link')
		.select([
			'id',
			'account_id as accountId',
			'cardholder_id as cardholderId',
			'expires_at as expiresAt',
			'revoked_at as revokedAt',
			'used_at as usedAt',
			'sent_to as sentTo',
		])
		.where('token_hash', '=', tokenHash)
		.executeTakeFirst();
}

/** The seed of a link that is still to be handed over: alive, not over, and its message not gone. */
export async function findLinkSeed(db: DbOrTrx, linkId: string, at: Date): Promise<Buffer | undefined> {
	const row = await db
		.selectFrom('access_link')
		.select('seed')
		.where('id', '=', linkId)
		.where('revoked_at', 'is', null)
		.where('expires_at', '>', at)
		.executeTakeFirst();
	return row?.seed ?? undefined;
}

export async function findAccessSetting(db: DbOrTrx): Promise<Readonly<Record<string, unknown>> | undefined> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'access').executeTakeFirst();
	return row?.value as Readonly<Record<string, unknown>> | undefined;
}

/** How many links the staff made for an account on a day of a time zone, and when the last one was. */
export async function findLinksByStaff(
	db: DbOrTrx,
	{ accountId, day, timeZone }: { accountId: string; day: Day; timeZone: string },
): Promise<{ resendsToday: number; lastResentAt: Date | null }> {
	return db
		.selectFrom('access_link')
		.select(({ fn }) => [
			fn
				.countAll<number>()
				.filterWhere(sql<Day>`(created_at at time zone ${timeZone})::date`, '=', day)
				.as('resendsToday'),
			fn.max('created_at').as('lastResentAt'),
		])
		.where('account_id', '=', accountId)
		.where('created_by', 'like', 'staff:%')
		.executeTakeFirstOrThrow();
}

export async function markLinkUsed(trx: Trx, linkId: string, at: Date): Promise<void> {
	await trx
		.updateTable('access_link')
		.set((eb) => ({ used_at: eb.fn.coalesce('used_at', eb.val(at)) }))
		.where('id', '=', linkId)
		.execute();
}
