import { sql } from 'kysely';
import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

export async function findSupportSetting(db: DbOrTrx): Promise<unknown> {
	const row = await db.selectFrom('setting').select('value').where('key', '=', 'support').executeTakeFirst();
	return row?.value;
}

/** Makes those who try characters for one person wait for each other. */
export async function lockCaller(trx: Trx, cardholderId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`caller:${cardholderId}`}, 0))`.execute(trx);
}

export async function existsCaller(trx: Trx, cardholderId: string): Promise<boolean> {
	const row = await trx.selectFrom('cardholder').select('id').where('id', '=', cardholderId).executeTakeFirst();
	return row !== undefined;
}

/** What one of support did for a person. */
export interface Deed {
	readonly cardholderId: string;
	readonly staffId: string;
	readonly kind: 'screen_matched' | 'screen_missed' | 'unlocked';
	readonly reason?: string;
	readonly at: Date;
}

export async function insertDeed(trx: Trx, { cardholderId, staffId, kind, reason, at }: Deed): Promise<void> {
	await trx
		.insertInto('support_deed')
		.values({ cardholder_id: cardholderId, staff_id: staffId, kind, reason: reason ?? null, at })
		.execute();
}

/** When one of support did something for a person, after an instant, the oldest first. */
export async function listDeedsSince(
	db: DbOrTrx,
	{ cardholderId, staffId, kind, since }: Omit<Deed, 'at' | 'reason'> & { since: Date },
): Promise<Date[]> {
	const rows = await db
		.selectFrom('support_deed')
		.select('at')
		.where('cardholder_id', '=', cardholderId)
		.where('staff_id', '=', staffId)
		.where('kind', '=', kind)
		.where('at', '>', since)
		.orderBy('at')
		.execute();
	return rows.map(({ at }) => at);
}

/** How often a person's locks were lifted on a day of a zone, by whomever. */
export async function countUnlocks(
	db: DbOrTrx,
	{ cardholderId, day, timeZone }: { cardholderId: string; day: Day; timeZone: string },
): Promise<number> {
	const row = await db
		.selectFrom('support_deed')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('cardholder_id', '=', cardholderId)
		.where('kind', '=', 'unlocked')
		.where(sql<Day>`(at at time zone ${timeZone})::date`, '=', day)
		.executeTakeFirstOrThrow();
	return row.count;
}

/** The same as read, with the name of who did it. */
export interface DeedRow extends Pick<Deed, 'kind' | 'at'> {
	readonly reason: string | null;
	readonly staffName: string;
}

/** What support did for a person, the newest first. */
export async function listDeeds(db: DbOrTrx, cardholderId: string, most: number): Promise<DeedRow[]> {
	return db
		.selectFrom('support_deed as deed')
		.innerJoin('staff', 'staff.id', 'deed.staff_id')
		.select(['deed.kind', 'deed.reason', 'deed.at', 'staff.name as staffName'])
		.where('deed.cardholder_id', '=', cardholderId)
		.orderBy('deed.id', 'desc')
		.limit(most)
		.execute();
}
