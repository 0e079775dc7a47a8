import { deleteNobodysChallenges } from '#lib/server/access/challenge.repository.ts';
import { clearOldSeeds } from '#lib/server/access/link.repository.ts';
import { deleteCountsBefore } from '#lib/server/access/throttle.repository.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';

const DAY_MS = 86_400_000;

/**
 * Removes what a day has made useless: counts that no throttle looks at any more, and challenges that were nobody's; and what
 * the tokens of links that are over could be made from.
 */
export async function removeOldAccessRows(db: Db): Promise<void> {
	const at = now();
	const before = new Date(at.getTime() - DAY_MS);
	await clearOldSeeds(db, at);
	await deleteCountsBefore(db, before);
	await deleteNobodysChallenges(db, before);
}
