import { today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { verifyDatabase } from '#lib/server/verify/verify-database.ts';

/** Every promise that the database does not keep, as `portal verify` would name it. */
export async function listBreaches(db: Db): Promise<{ promise: string; record: string }[]> {
	const breaches = [];
	for await (const breach of verifyDatabase(db, today())) breaches.push(breach);
	return breaches;
}
