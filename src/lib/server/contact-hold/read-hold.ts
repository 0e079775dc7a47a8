import { holdStands } from '#lib/domain/contact/hold.ts';
import type { Day } from '#lib/domain/day.ts';
import { today } from '#lib/server/clock.ts';
import {
	type HoldRow,
	listOverHolds,
	type PastHold,
	selectHoldsOf,
	selectStanding,
} from '#lib/server/contact-hold/hold.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

export type { HoldRow, PastHold } from '#lib/server/contact-hold/hold.repository.ts';

/** The hold that nobody has ended yet, though its day may be over. */
export async function findHold(db: DbOrTrx, accountId: string): Promise<HoldRow | undefined> {
	return selectStanding(db, accountId);
}

/** The holds whose last day is over; so many. */
export async function listOver(db: DbOrTrx, day: Day, most: number): Promise<HoldRow[]> {
	return listOverHolds(db, day, most);
}

/** The hold that stands today for an account; undefined where reminders may go. */
export async function findStandingHold(db: DbOrTrx, accountId: string): Promise<HoldRow | undefined> {
	const hold = await selectStanding(db, accountId);
	return hold && holdStands(hold.until, today()) ? hold : undefined;
}

/** Every hold there was on a person's accounts, standing or over, the newest first; so many. */
export async function listHoldsOf(db: DbOrTrx, cardholderId: string, most: number): Promise<PastHold[]> {
	return selectHoldsOf(db, cardholderId, most);
}
