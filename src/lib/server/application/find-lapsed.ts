import { type Owner, selectApplications } from '#lib/server/application/application.repository.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { listOffers } from '#lib/server/offer/read-offers.ts';

/** The owner's newest application where it ended because an offer of the bank was not answered; else undefined. */
export async function findLapsed(
	db: DbOrTrx,
	owner: Owner,
): Promise<{ readonly reference: string; readonly lapsedAt: Date } | undefined> {
	const [newest] = await selectApplications(db, owner);
	if (newest?.status !== 'withdrawn') return undefined;
	const last = (await listOffers(db, newest.id)).at(-1);
	const { reference } = newest;
	return last?.answer === 'lapsed' && last.answeredAt ? { reference, lapsedAt: last.answeredAt } : undefined;
}
