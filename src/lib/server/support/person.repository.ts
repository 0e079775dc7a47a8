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

/** Somebody whose number was silenced by its holder. */
export interface SilencedPerson {
	readonly cardholderId: string;
	readonly name: string;
	readonly silencedAt: Date;
}

/** People whose number was silenced after an instant and is so still, the newest first. */
export async function listSilenced(db: Db, since: Date, most: number): Promise<SilencedPerson[]> {
	return db
		.selectFrom('silenced_number as silenced')
		.innerJoin('cardholder', 'cardholder.phone', 'silenced.phone')
		.select(['cardholder.id as cardholderId', 'cardholder.name', 'silenced.silenced_at as silencedAt'])
		.where('silenced.lifted_at', 'is', null)
		.where('silenced.silenced_at', '>', since)
		.orderBy('silenced.silenced_at', 'desc')
		.limit(most)
		.execute();
}
