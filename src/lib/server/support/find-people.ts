import { maskPhone, readPhone } from '#lib/domain/access/phone.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { findPersonById, listPeopleByPhone, type PersonRow } from '#lib/server/support/person.repository.ts';

/** One whom a search found: enough to tell two apart who share a phone. */
export interface PersonFound {
	readonly cardholderId: string;
	readonly name: string;
	/** Masked but for the last four. */
	readonly phone: string;
}

/** More than so many share no phone; what is beyond is left out. */
const MOST = 20;

/** Finds cardholders by their customer id, else by their phone number in any spelling that a person would write. */
export async function findPeople(db: Db, search: string): Promise<PersonFound[]> {
	const text = plainText(search.normalize('NFKC'));
	if (text === '' || text.length > 100) return [];
	const byId = await findPersonById(db, text);
	if (byId) return [foundOf(byId)];
	const phone = readPhone(text);
	return phone === undefined ? [] : (await listPeopleByPhone(db, phone, MOST)).map(foundOf);
}

/** The person with this customer id, as far as a page about one deed needs them. */
export async function findBriefPerson(db: Db, cardholderId: string): Promise<PersonFound | undefined> {
	const person = plainText(cardholderId) === cardholderId ? await findPersonById(db, cardholderId) : undefined;
	return person && foundOf(person);
}

function foundOf({ cardholderId, name, phone }: PersonRow): PersonFound {
	return { cardholderId, name, phone: maskPhone(phone) };
}
