import {
	type ApplicationStanding,
	type Owner,
	selectStanding,
} from '#lib/server/application/application.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';

/** How the owner's newest application that was not withdrawn stands, in one way to the database; undefined where there is none. */
export async function findApplicationStanding(db: DbOrTrx, owner: Owner): Promise<ApplicationStanding | undefined> {
	return selectStanding(db, owner);
}
