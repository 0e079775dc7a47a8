import type { HoldKind } from '#lib/domain/contact/hold.ts';
import type { Day } from '#lib/domain/day.ts';
import type { DbOrTrx, Trx } from '#lib/server/db/connect.ts';

/** A hold that stands. */
export interface HoldRow {
	readonly id: string;
	readonly accountId: string;
	readonly cardholderId: string;
	readonly applicationId: string;
	readonly kind: HoldKind;
	readonly until: Day;
	readonly staffId: string;
	readonly at: Date;
}

/** A hold as it is told afterwards: who set it and who ended it; `endedAt` is null while it stands. */
export interface PastHold extends Pick<HoldRow, 'kind' | 'until' | 'at'> {
	readonly cardLast4: string;
	readonly staffName: string;
	readonly endedAt: Date | null;
	/** Null where its day was over by itself. */
	readonly endedByName: string | null;
}

/** Every hold there was on a person's accounts, the newest first; so many. */
export async function selectHoldsOf(db: DbOrTrx, cardholderId: string, most: number): Promise<PastHold[]> {
	return db
		.selectFrom('contact_hold as h')
		.innerJoin('account as a', 'a.id', 'h.account_id')
		.innerJoin('staff as s', 's.id', 'h.staff_id')
		.leftJoin('staff as e', 'e.id', 'h.ended_by')
		.select(['h.kind', 'h.until', 'h.at', 'h.ended_at as endedAt', 'a.card_last4 as cardLast4'])
		.select(['s.name as staffName', 'e.name as endedByName'])
		.where('h.cardholder_id', '=', cardholderId)
		.orderBy('h.at', 'desc')
		.limit(most)
		.execute();
}

/** Sets a hold; undefined where one stands for the account. */
export async function insertHold(trx: Trx, hold: Omit<HoldRow, 'id'>): Promise<string | undefined> {
	const row = await trx
		.insertInto('contact_hold')
		.values({
			account_id: hold.accountId,
			cardholder_id: hold.cardholderId,
			application_id: hold.applicationId,
			kind: hold.kind,
			until: hold.until,
			staff_id: hold.staffId,
			at: hold.at,
		})
		.onConflict((conflict) => conflict.doNothing())
		.returning('id')
		.executeTakeFirst();
	return row?.id;
}

export async function selectStanding(db: DbOrTrx, accountId: string): Promise<HoldRow | undefined> {
	return holds(db).where('account_id', '=', accountId).executeTakeFirst();
}

export async function saveHoldEnd(
	trx: Trx,
	{ holdId, by, at }: { holdId: string; by: string | null; at: Date },
): Promise<void> {
	await trx.updateTable('contact_hold').set({ ended_at: at, ended_by: by }).where('id', '=', holdId).execute();
}

/** The holds whose last day was before today; so many. */
export async function listOverHolds(db: DbOrTrx, today: Day, most: number): Promise<HoldRow[]> {
	return holds(db).where('until', '<', today).orderBy('until').limit(most).execute();
}

function holds(db: DbOrTrx) {
	return db
		.selectFrom('contact_hold')
		.select(['id', 'account_id as accountId', 'cardholder_id as cardholderId', 'application_id as applicationId'])
		.select(['kind', 'until', 'staff_id as staffId', 'at'])
		.where('ended_at', 'is', null);
}
