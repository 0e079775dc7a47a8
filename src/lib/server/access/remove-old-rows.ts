import { deleteNobodysChallenges } from '#lib/server/access/challenge.repository.ts';
import { deleteCountsBefore } from '#lib/server/access/throttle.repository.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';

const DAY_MS = 86_400_000;

/** Removes what a day has made useless: counts that no throttle looks at any more, and challenges that were nobody's. */
export async function removeOldAccessRows(db: Db): Promise<void> {
	const before = new Date(now().getTime() - DAY_MS);
	await deleteCountsBefore(db, before);
	await deleteNobodysChallenges(db, before);
}
