import type { Db } from '#lib/server/db/connect.ts';

/** A cardholder as support may know them; the phone number is masked before it leaves this folder. */
export interface PersonRow {
	readonly cardholderId: string;
	readonly name: string;
	readonly phone: string;
	readonly locale: string;
	readonly timeZone: string | null;
}

const COLUMNS = ['id as cardholderId', 'name', 'phone', 'locale', 'time_zone as timeZone'] as const;

export async function findPersonById(db: Db, cardholderId: string): Promise<PersonRow | undefined> {
	return db.selectFrom('cardholder').select(COLUMNS).where('id', '=', cardholderId).executeTakeFirst();
}

export async function listPeopleByPhone(db: Db, phone: string, most: number): Promise<PersonRow[]> {
	return db.selectFrom('cardholder').select(COLUMNS).where('phone', '=', phone).orderBy('id').limit(most).execute();
}
